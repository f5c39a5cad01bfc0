const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/**
 * A span of time in Go's notation, in seconds: `1m30s` → 90. https://pkg.go.dev/time#ParseDuration
 *
 * @returns undefined when the text is not a span of time
 */
export function secondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)([a-zµ]+)/g)];
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (seconds[unit ?? ''] ?? 0), 0);
}
