const units: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Tells whether a text is an amount of memory as Kubernetes writes it. */
export function isQuantity(text: string): boolean {
  return !Number.isNaN(bytes(text)) && bytes(text) > 0;
}

/**
 * An amount of memory in bytes: `48Mi` → 50331648; NaN when the text is none.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function bytes(text: string): number {
  const [, digits, exponent, unit = ''] =
    /^(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([A-Za-z]*))$/.exec(text) ?? [];
  return Number(`${digits}${exponent ?? ''}`) * (units[unit] ?? NaN);
}

const spans: Readonly<Record<string, number>> = {
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
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (spans[unit ?? ''] ?? 0), 0);
}
