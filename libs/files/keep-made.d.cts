/**
 * A text that takes long to make, kept in `.cache` until what it is made from changes. A file there that is broken, cut
 * short or somebody's own is never taken for it; where nothing can be written, it is made each time.
 *
 * @param name its path in `.cache/made`; whoever makes something else under that name replaces it
 * @param sources all that the text depends on, the versions of what makes it included
 * @param make makes it
 */
export function keepMade(name: string, sources: readonly string[], make: () => string): string;
