import { type Problem, type Rule } from '@home/terraform';
import { formerSettings } from '../former-settings';
import { type RenderedPatch, isMapping, renderedPatches } from '../rendered-patches';

/** Settings that documents of their own have replaced are not set the old way too, which Talos refuses. */
export const noFormerSettings: Rule = {
  name: 'no-former-settings',
  check: (home) => renderedPatches(home).flatMap(formerSettingsIn),
};

function formerSettingsIn({ where, document }: RenderedPatch): Problem[] {
  return formerSettings
    .filter(({ path }) => isSet(document, path))
    .map(({ path, successors }) => ({
      where,
      what: `${path.join('.')} must not be set, since ${successors} took its place`,
      remedy: `Use ${successors.split(', ', 1)[0]}; talos/README.md tells how to bring a machine of Talos 1.7 there`,
    }));
}

/** A deletion takes the old setting away, and so is what the rule wants. */
function isSet(document: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return !(isMapping(document) && document['$patch'] === 'delete');
  return isMapping(document) && step in document && isSet(document[step], rest);
}
