import { type Problem, isPlainObject } from '@home/terraform';
import { type Mistake, mistakesIn } from './kubernetes-types';
import type { Manifest } from './read-manifests';

/**
 * Checks the values of an object as Kubernetes itself would: types, required fields, enumerations.
 *
 * @returns what the API server would refuse; nothing for kinds that are not Kubernetes' own
 */
export function checkManifest(manifest: Manifest): Problem[] {
  const mistakes = mistakesIn(manifest.apiVersion, manifest.kind, withoutNulls(manifest.value));
  return mistakes.map((mistake) => problemOf(mistake, manifest));
}

function problemOf(
  { instancePath, message, keyword, params }: Mistake,
  { kind, name, where }: Manifest,
): Problem {
  const path = instancePath.split('/').slice(1).map(readStep);
  const shown = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  const allowed =
    keyword === 'enum' && Array.isArray(params['allowedValues'])
      ? `: ${params['allowedValues'].join(', ')}`
      : '';
  return {
    where: where(path),
    what: `${kind} ${name}: ${shown.replace(/^\./, '')} ${message.replace('property', 'field')}${allowed}`.replace(
      / {2,}/g,
      ' ',
    ),
    remedy: 'Kubernetes would refuse it: fix it and import it again',
  };
}

/** A step of a JSON pointer. */
function readStep(step: string): string | number {
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Kubernetes takes a field that is null for one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}
