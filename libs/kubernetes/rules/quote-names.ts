/**
 * Names as a message lists them, each once: `"web", "metrics"`. Those that only Terraform knows are left out.
 *
 * @param none what to say when there are none
 */
export function quoteNames(names: readonly unknown[], none: string): string {
  const known = new Set(names.filter((name) => typeof name === 'string'));
  return known.size === 0 ? none : [...known].map((name) => `"${name}"`).join(', ');
}
