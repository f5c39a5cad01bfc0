import { remember } from '@home/terraform';

const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Less than the least starts no container, and more than the most has no machine: they are slips of a unit. */
const [least, most] = ['1Mi', '16Ti'];

/** What keeps a text from being an amount of memory that something can be given: what must hold, or undefined. */
export function memoryFault(text: string): string | undefined {
  const size = bytes(text);
  if (Number.isNaN(size)) return 'must be an amount of memory';
  return size >= bytes(least) && size <= bytes(most) ? undefined : `must be between ${least} and ${most}`;
}

/** What keeps a text from being an amount of processors that something can be given: what must hold, or undefined. */
export function cpuFault(text: string): string | undefined {
  const count = bytes(text);
  if (Number.isNaN(count)) return 'must be an amount of processors';
  // Kubernetes counts in thousandths, and no machine has as many as the slip of a unit makes.
  return count >= 1e-3 && count <= 1024 ? undefined : 'must be between 1m and 1024';
}

/**
 * An amount of memory in bytes: `48Mi` → 50331648; NaN when the text is none.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const bytes = remember((text: string): number => {
  const [, digits, exponent, unit = ''] =
    /^(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([A-Za-z]*))$/.exec(text) ?? [];
  return Number(`${digits}${exponent ?? ''}`) * (units[unit] ?? NaN);
});

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
