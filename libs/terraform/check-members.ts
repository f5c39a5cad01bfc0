import { nearestName } from './nearest-name';
import { type Problem } from './problem';
import { isPlainObject } from './render/render-value';

/** How each member of an object has to be there. */
export type Members<T> = { readonly [Name in keyof T]-?: undefined extends T[Name] ? 'may' : 'must' };

/**
 * Checks the names of an object's members, as the compiler does: the home is generated without it, and a misspelt
 * `database` would leave an app without its data.
 *
 * @param where what a message starts with
 * @param path where the object stands, such as `database`; empty for the whole
 * @returns a problem for each member that is missing or unknown; what is no object is for others to tell
 */
export function checkMembers<T extends object>(
  where: string,
  path: string,
  given: T | undefined,
  members: Members<T>,
): Problem[] {
  if (!isPlainObject(given)) return [];
  const known: Readonly<Record<string, 'must' | 'may'>> = members;
  const names = Object.keys(known);
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const missing = names.filter((name) => known[name] === 'must' && given[name] === undefined);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  return [
    ...missing.map((name) => ({ where, what: `${at(name)} must be there`, remedy: 'Add it' })),
    ...unknown.map((name) => ({
      where,
      what: `${at(name)} must be a name that is known here`,
      remedy: remedyFor(name, names),
    })),
  ];
}

function remedyFor(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? `There are ${names.join(', ')}` : `Did you mean ${nearest}?`;
}
