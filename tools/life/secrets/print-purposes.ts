/** The purposes of secrets as lines, each with how often it was rotated; followed by an empty one. */
export function printPurposes(
  purposes: readonly string[],
  rotations: Readonly<Record<string, number>>,
): string[] {
  const lines = purposes.map((purpose) => `  ${purpose}: rotation ${rotations[purpose] ?? 1}`);
  return ['Secrets that are in no state; `npm run secrets -- rotate PURPOSE` writes one anew:', ...lines, ''];
}
