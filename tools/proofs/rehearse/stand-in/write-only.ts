import { isDeepStrictEqual } from 'node:util';
import type { Wire, WireObject } from './message-pack';
import type { Members } from './schema';

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
