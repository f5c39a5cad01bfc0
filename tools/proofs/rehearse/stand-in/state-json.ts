import { complete, mapElements } from './elements';
import { Dynamic, type Wire, type WireObject, isObject } from './message-pack';
import type { Member, Members } from './schema';

/** An object out of JSON, as a state file or the world's file holds it, with what newer schemas added. */
export function fromStateJson(members: Members, json: WireObject): WireObject {
  const revived = Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const member = members.get(name);
      return [name, member ? revive(member, value) : value];
    }),
  );
  return complete(members, revived);
}

function revive(member: Member, value: Wire): Wire {
  if (member.nested) {
    const { nesting, members } = member.nested;
    return mapElements(nesting, value, null, (element) => fromStateJson(members, element));
  }
  if (member.type !== 'dynamic' || !isObject(value)) return value;
  return new Dynamic(JSON.parse(JSON.stringify(value['type'] ?? 'dynamic')), value['value'] ?? null);
}
