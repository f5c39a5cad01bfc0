import { isDeepStrictEqual } from 'node:util';
import { type Wire, type WireObject, isList, isObject } from './message-pack';
import type { Members } from './schema';

export type Secrets = Readonly<Record<string, Wire>>;

/** The write-only values of a configuration by their path, such as `data_wo`. */
export function writeOnlyValues(members: Members, config: Wire, path: readonly string[] = []): Secrets {
  if (isList(config)) {
    return Object.assign(
      {},
      ...config.map((inner, index) => writeOnlyValues(members, inner, [...path, String(index)])),
    );
  }
  if (!isObject(config)) return {};
  const values: Record<string, Wire> = {};
  for (const [name, member] of members) {
    const value = config[name] ?? null;
    if (value === null) continue;
    if (member.writeOnly) values[[...path, name].join('.')] = value;
    else if (member.nested)
      Object.assign(values, writeOnlyValues(member.nested.members, value, [...path, name]));
  }
  return values;
}

/** What a system keeps of the write-only values it is sent: a new one is taken when the revision beside it changed. */
export function keep(before: Secrets, sent: Secrets, prior: WireObject, planned: WireObject): Secrets {
  const taken = Object.entries(sent).filter(
    ([path]) => !(path in before) || wasRevised(path, prior, planned),
  );
  return { ...before, ...Object.fromEntries(taken) };
}

function wasRevised(path: string, prior: Wire, planned: Wire): boolean {
  const steps = path.split('.');
  const name = steps.pop() ?? path;
  const now = at(planned, steps);
  const revisions = Object.keys(now).filter(
    (key) => key.startsWith(`${name}_`) && /(version|revision)$/.test(key),
  );
  if (revisions.length === 0) return true;
  return revisions.some((key) => !isDeepStrictEqual(now[key], at(prior, steps)[key]));
}

function at(whole: Wire, steps: readonly string[]): WireObject {
  const found = steps.reduce<Wire>((value, step) => {
    if (isList(value)) return value[Number(step)] ?? null;
    return isObject(value) ? (value[step] ?? null) : null;
  }, whole);
  return isObject(found) ? found : {};
}
