import { isDeepStrictEqual } from 'node:util';
import type { Nesting } from '@home/providers';
import { type Wire, type WireObject, isList, isObject } from './message-pack';
import type { Member, Members } from './schema';

/** The object with nothing in it: absent blocks are empty lists, sets and maps, everything else is null. */
export function emptyObject(members: Members): WireObject {
  return Object.fromEntries([...members].map(([name, member]) => [name, absent(member)]));
}

function absent({ block, nested }: Member): Wire {
  if (!block || !nested || nested.nesting === 'single' || nested.nesting === 'group') return null;
  return nested.nesting === 'map' ? {} : [];
}

/** An object as Terraform expects it: every member of the schema is there, also what a newer schema added, and no other. */
export function complete(members: Members, value: WireObject): WireObject {
  return mapMembers(members, value, (member, inner) => inner ?? absent(member));
}

/** Maps the members of an object that the schema knows; a member that is missing is mapped as undefined. */
export function mapMembers(
  members: Members,
  value: WireObject,
  change: (member: Member, value: Wire | undefined, name: string) => Wire,
): WireObject {
  return Object.fromEntries([...members].map(([name, member]) => [name, change(member, value[name], name)]));
}

/** Maps each object inside a nested value, together with its counterpart in another version of that value. */
export function mapElements(
  nesting: Nesting,
  value: Wire,
  other: Wire,
  change: (element: WireObject, counterpart: WireObject | null) => Wire,
): Wire {
  const object = (candidate: Wire | undefined) => (isObject(candidate) ? candidate : null);
  if (isList(value)) {
    const others = isList(other) ? other : [];
    return value.map((element, index) => {
      if (!isObject(element)) return element;
      // A set has no order: the counterpart of its element is what equals it in all that is not computed later.
      const counterpart = nesting === 'set' ? others.find((one) => covers(one, element)) : others[index];
      return change(element, object(counterpart));
    });
  }
  if (!isObject(value)) return value;
  if (nesting !== 'map') return change(value, object(other));
  const others = object(other) ?? {};
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [
      key,
      isObject(element) ? change(element, object(others[key])) : element,
    ]),
  );
}

/** Whether the first value says all that the second one says; nulls say nothing. */
function covers(whole: Wire, part: Wire): boolean {
  if (part === null) return true;
  if (isObject(part) && isObject(whole)) {
    return Object.entries(part).every(([name, inner]) => covers(whole[name] ?? null, inner));
  }
  return isDeepStrictEqual(whole, part);
}
