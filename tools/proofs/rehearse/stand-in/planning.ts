import { isDeepStrictEqual } from 'node:util';
import { type MakeUp, derive } from './computed';
import { mapElements, mapMembers } from './elements';
import { type WireObject, Unknown, hasUnknown, isList, unknown } from './message-pack';
import { replacedBy } from './resources';
import type { Members } from './schema';

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
