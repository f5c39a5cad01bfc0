import { checkMachineDocument } from '@home/providers';
import { type Problem, type Rule } from '@home/terraform';
import { formerSettings } from '../former-settings';
import { type RenderedPatch, isMapping, renderedPatches } from '../rendered-patches';

/** Every patch of a machine's configuration is one that Talos' own schema accepts. */
export const requireValidMachinePatches: Rule = {
  name: 'require-valid-machine-patches',
  check: (home) => renderedPatches(home).flatMap(check),
};

function check({ where, document }: RenderedPatch): Problem[] {
  if (document === undefined) {
    return [{ where, what: 'must be a YAML mapping', remedy: 'Write a typed patch instead of a text' }];
  }
  // What came before the documents of today has a rule of its own, with a better message.
  const current = formerSettings.reduce<unknown>((rest, { path }) => without(rest, path), document);
  return isMapping(current) && (Object.keys(current).length > 0 || Object.keys(document).length === 0)
    ? checkMachineDocument(current, where)
    : [];
}

function without(document: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || !isMapping(document) || !(step in document)) return document;
  const { [step]: inner, ...others } = document;
  if (rest.length === 0) return others;
  return { ...others, [step]: without(inner, rest) };
}
