/**
 * A text that takes long to make, kept in `.cache` until what it is made from changes. A file there that is broken, cut
 * short or somebody's own is never taken for it; where nothing can be written, it is made each time.
 *
 * @param name its path in `.cache/made`; whoever makes something else under that name replaces it
 * @param sources all that the text depends on, the versions of what makes it included
 * @param make makes it
 */
export function keepMade(name: string, sources: readonly string[], make: () => string): string;

/**
 * The function that code is the body of. What V8 compiled it to is kept in the same way, since to compile it takes several
 * times as long as to read that.
 *
 * @param name the path of what is kept in `.cache/made`
 * @param parameters the names of the function's parameters
 * @param options those of `new vm.Script`
 */
export function compileKept(
  name: string,
  parameters: readonly string[],
  code: string,
  options?: import('node:vm').ScriptOptions,
): (this: unknown, ...given: readonly unknown[]) => unknown;
