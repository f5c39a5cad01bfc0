import { isDeepStrictEqual } from 'node:util';
import { derive, type MakeUp } from './computed';
import { hasUnknown, isList, isObject, Unknown, unknown, type Wire, type WireObject } from './message-pack';
import { replacedBy } from './resources';
import type { Member, Members } from './schema';
import type { Nesting } from '@home/providers';

/** What a provider answers to a plan: the object as it will be, and the arguments that can only change by replacing it. */
export interface Planned {
  readonly state: WireObject;
  readonly replace: readonly (readonly (string | number)[])[];
}

/**
 * Plans what an object will be. Terraform proposes the configuration with prior values where it says nothing; what
 * only the provider computes and has never been computed becomes unknown.
 */
export function plan(
  type: string,
  members: Members,
  { prior, proposed, config }: { prior: WireObject | null; proposed: WireObject; config: WireObject },
): Planned {
  const state = { ...planObject(members, proposed, prior), ...derive(type, config) };
  return { state, replace: prior && !isDeepStrictEqual(state, prior) ? replacedBy(type, prior, state) : [] };
}

/** The proposal with what only the provider computes marked as unknown, where it was never computed. */
export function planObject(members: Members, proposed: WireObject, prior: WireObject | null): WireObject {
  return mapMembers(members, proposed, (member, value = null, name) => {
    if (member.writeOnly) return null;
    if (value === null) return member.computed && !prior ? unknown : null;
    if (!member.nested) return value;
    const { nesting, members: inner } = member.nested;
    return mapElements(nesting, value, prior?.[name] ?? null, (element, before) =>
      planObject(inner, element, before),
    );
  });
}

/** The object after the apply: what was unknown comes from the configuration, and what nobody said is made up. */
export function settle(
  members: Members,
  planned: WireObject,
  config: WireObject,
  makeUp: MakeUp,
  path = '',
): WireObject {
  return mapMembers(members, planned, (member, value = null, name) => {
    const said = config[name] ?? null;
    const here = path ? `${path}.${name}` : name;
    if (member.writeOnly || !hasUnknown(value)) return value;
    if (!member.nested) return said ?? (value instanceof Unknown ? makeUp(here, member) : value);
    const { nesting, members: inner } = member.nested;
    if (said === null || (isList(said) && said.length === 0)) {
      if (value instanceof Unknown) return makeUp(here, member);
      return mapElements(nesting, value, null, (element) => settle(inner, element, {}, makeUp, here));
    }
    // Elements of a set are known only by what is in them, so an unknown one cannot be found again.
    if (value instanceof Unknown || nesting === 'set') {
      return mapElements(nesting, said, null, (element) =>
        settle(inner, planObject(inner, element, null), element, makeUp, here),
      );
    }
    return mapElements(nesting, value, said, (element, counterpart) =>
      settle(inner, element, counterpart ?? {}, makeUp, here),
    );
  });
}

/** The object with nothing in it: absent blocks are empty lists, sets and maps, everything else is null. */
export function emptyObject(members: Members): WireObject {
  return Object.fromEntries([...members].map(([name, member]) => [name, absent(member)]));
}

function absent({ block, nested }: Member): Wire {
  if (!block || !nested || nested.nesting === 'single' || nested.nesting === 'group') return null;
  return nested.nesting === 'map' ? {} : [];
}

/** An object as Terraform expects it, at every depth: each member of the schema is there, and no other. */
export function complete(members: Members, value: WireObject): WireObject {
  return mapMembers(members, value, (member, inner) => {
    const { nested } = member;
    if (inner === undefined || inner === null) return absent(member);
    return nested
      ? mapElements(nested.nesting, inner, null, (element) => complete(nested.members, element))
      : inner;
  });
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

export type Secrets = Readonly<Record<string, Wire>>;

/** The write-only values of a configuration, such as `data_wo`. */
export const writeOnlyValues = (members: Members, config: WireObject): Secrets =>
  Object.fromEntries(
    Object.entries(config).filter(([name, value]) => members.get(name)?.writeOnly && value !== null),
  );

/** What a system keeps of the write-only values it is sent: a new one is taken when the revision beside it changed. */
export function keep(before: Secrets, sent: Secrets, prior: WireObject, planned: WireObject): Secrets {
  const wasRevised = (name: string): boolean => {
    const revisions = Object.keys(planned).filter(
      (key) => key.startsWith(`${name}_`) && /(version|revision)$/.test(key),
    );
    return revisions.length === 0 || revisions.some((key) => !isDeepStrictEqual(planned[key], prior[key]));
  };
  const taken = Object.entries(sent).filter(([name]) => !(name in before) || wasRevised(name));
  return { ...before, ...Object.fromEntries(taken) };
}
