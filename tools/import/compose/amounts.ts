/** `512m`, `1gb` → `512Mi`, `1Gi`: compose counts in powers of two. */
export function quantity(size: string): string {
  const [, amount, unit = ''] = /^([\d.]+)\s*([bkmg]?)b?$/i.exec(size.trim()) ?? [];
  if (amount === undefined) return size;
  const suffix = { k: 'Ki', m: 'Mi', g: 'Gi' }[unit.toLowerCase()] ?? '';
  return `${amount}${suffix}`;
}

/** `1m30s` → 90 */
export function seconds(duration: unknown): number | undefined {
  if (duration === undefined || duration === null) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };
  const parts = [...String(duration).matchAll(/([\d.]+)(ms|us|[hms])/g)];
  const sum = parts.reduce((total, [, amount, unit = 's']) => total + Number(amount) * (units[unit] ?? 1), 0);
  return Math.max(1, Math.ceil(sum));
}
