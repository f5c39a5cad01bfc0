/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | undefined | Markup | readonly Piece[];

/**
 * HTML in which nothing but what is written in the template itself can be markup: every other text is escaped, in an
 * attribute as between tags. https://html.spec.whatwg.org/multipage/parsing.html
 *
 * @param pieces texts, further HTML, lists of these; of nothing comes nothing
 */
export const html = (template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(template.map((text, index) => `${text}${markupOf(pieces[index])}`).join(''));

function markupOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(markupOf).join('');
  // Numbers of characters that end a text, a tag or an attribute, whichever quotes it stands in.
  return String(piece).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
