/** Longer objects and lists are broken into one line per member. */
const lineLength = 110;

/**
 * Formats JSON so that a change reads well in a diff: short objects and lists on one line, the others with one member
 * per line. The same value always gives the same bytes.
 */
export function formatJson(value: unknown): string {
  return `${format(value, '')}\n`;
}

function format(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= lineLength) return short;
  const deeper = `${indent} `;
  const members = Array.isArray(value)
    ? value.map((item: unknown) => format(item, deeper))
    : Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${format(member, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.map((member) => deeper + member).join(',\n')}\n${indent}${close}`;
}
