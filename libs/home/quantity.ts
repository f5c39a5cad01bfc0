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
