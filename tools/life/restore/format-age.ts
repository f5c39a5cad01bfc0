const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
] as const;

/** How long ago something was, in words: `3 hours ago`. */
export function formatAge(time: Date | undefined, now = new Date()): string {
  if (time === undefined) return 'by Litestream 0.3, which does not say when';
  const seconds = Math.max(0, (now.getTime() - time.getTime()) / 1000);
  const unit = units.find((one) => seconds >= one.seconds);
  if (unit === undefined) return 'less than a minute ago';
  const count = Math.floor(seconds / unit.seconds);
  return `${count} ${unit.name}${count === 1 ? '' : 's'} ago`;
}
