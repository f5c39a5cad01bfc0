const start = '<!-- map:start -->';
const end = '<!-- map:end -->';

/**
 * Puts a Mermaid picture between the two markers of a page.
 *
 * @param page the page's text
 * @param picture the picture's source
 * @returns the page with the picture in place of what stood there
 * @throws Error when the page does not have both markers, in their order
 */
export function placeMap(page: string, picture: string): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(
      `README.md: must have the lines ${start} and ${end}, in this order. Put them where the map belongs.`,
    );
  }
  return `${page.slice(0, from + start.length)}\n\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${page.slice(to)}`;
}
