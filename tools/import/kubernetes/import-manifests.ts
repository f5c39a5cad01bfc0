import { type Problem, isPlainObject, resourceBlock, stepsOf } from '@home/terraform';
import { type Imported, type Left, plural, refused } from '../imported';
import type { Source } from '../source/read-source';
import type { Surroundings } from '../surroundings';
import { withAssumptions } from './assumed-settings';
import { type Composite, describeGroups } from './describe-groups';
import { groupObjects } from './group-objects';
import { type ImportedObject, importObject } from './imported-object';
import { type Mistake, mistakesIn } from './check-shape';
import { type Manifest, readManifests } from './read-manifests';
import { fieldsOf, mapTexts } from './fields';
import type { Path } from '../source/read-yaml';
import {
  type Fitted,
  inGrantingNamespaces,
  tell,
  withoutChecksums,
  withoutEmptyRoles,
  withoutHooks,
} from './fit-home';
import { besideTheHome } from './beside-home';
import { atHomeHosts } from './home-hosts';
import { annotationsOf, owedToOthers } from './owed-reasons';
import { withoutPlainSecrets } from './hide-secrets';
import { withVolumes } from './place-claims';
import { SecretVariables } from './secret-values';

/**
 * Turns Kubernetes' objects into workloads.
 *
 * @param sources YAML or JSON, of one document or many
 * @param around what the workloads find in the home
 * @param wish the workload's name, when everything becomes one
 */
export function importManifests(sources: readonly Source[], around: Surroundings, wish?: string): Imported {
  const read = sources.map(readManifests);
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) return refused(problems);
  const steps = [
    withoutHooks,
    withoutEmptyRoles,
    withoutChecksums,
    besideTheHome,
    inGrantingNamespaces,
    atHomeHosts,
    withVolumes,
  ];
  const fitted = steps.reduce<Fitted>(
    ({ manifests, told }, step) => {
      const next = step(manifests, around);
      return { manifests: next.manifests, told: [...told, ...next.told] };
    },
    { manifests: read.flatMap((one) => one.manifests), told: [] },
  );
  const imported = importObjects(fitted.manifests, around, { wish, sharesSecrets: false });
  return { ...imported, left: [...read.flatMap(({ others }) => others), ...fitted.told, ...imported.left] };
}

/** How objects become workloads. */
export interface ObjectsImport {
  readonly wish?: string;
  /** Whether equal secret values are one secret. */
  readonly sharesSecrets: boolean;
  /** What makes some of the objects in one call. */
  readonly composites?: readonly Composite[];
}

/** Turns objects into workloads that fit into the home. */
export function importObjects(
  given: readonly Manifest[],
  around: Surroundings,
  { wish, sharesSecrets, composites = [] }: ObjectsImport,
): Imported {
  const secrets = new SecretVariables(around.addresses, sharesSecrets);
  const manifests = withoutPlainSecrets(given.map(withoutEmptyChoices));
  const unsupported: Left[] = [];
  const arrived = manifests.flatMap((manifest) => {
    const object = importObject(withAssumptions(manifest, manifests), secrets);
    if (object === undefined) unsupported.push(unknownKind(manifest));
    return object ?? [];
  });
  const { objects, told } = withReasons(arrived, around);
  const supported = objects.map(({ manifest }) => manifest);
  const problems = [...twice(supported), ...supported.flatMap(checkManifest)];
  if (problems.length > 0) return refused(problems);
  const groups = groupObjects(objects, around.isFree, wish);
  return {
    workloads: describeGroups(groups, around, composites),
    found: plural(given.length - unsupported.length, 'object'),
    wanted: [
      { provider: 'kubernetes', list: 'resources', types: objects.map(({ resource }) => resource.name) },
    ],
    variables: objects.flatMap((object) => object.variables),
    left: [...unsupported, ...told, ...objects.flatMap(lossesOf)],
    problems: [],
  };
}

/** Objects that say why they stand to others as they do. */
function withReasons(
  given: readonly ImportedObject[],
  around: Surroundings,
): { objects: readonly ImportedObject[]; told: readonly Left[] } {
  const blocks = given.map((object) =>
    resourceBlock(object.resource.name, 'imported', fieldsOf(object.given)),
  );
  const reasons = owedToOthers(blocks, around);
  const told: Left[] = [];
  const objects = given.map((object, index) => {
    const block = blocks[index];
    const owed = (block && reasons.get(block)) ?? [];
    if (owed.length === 0) return object;
    told.push(...owed.map((one) => tell(object.manifest, one.told)));
    const metadata = fieldsOf(object.given['metadata']);
    const annotations = { ...fieldsOf(metadata['annotations']), ...annotationsOf(owed) };
    return { ...object, given: { ...object.given, metadata: { ...metadata, annotations } } };
  });
  return { objects, told };
}

function lossesOf({ manifest, losses }: ImportedObject): Left[] {
  return losses.map(({ path, what }) => ({
    where: manifest.where(path),
    of: `${manifest.kind} ${manifest.name}`,
    what: `${path.join('.')}: ${what}`,
    remedy: 'It does without',
  }));
}

function unknownKind({ apiVersion, kind, name, where }: Manifest): Left {
  const what = `the Kubernetes provider has no resource for ${apiVersion} ${kind}`;
  const remedy = apiVersion.startsWith('kustomize')
    ? 'Render it first: kustomize build FOLDER | npx nx g import --from -'
    : 'Do without it, or describe what it does in other objects';
  return { where: where([]), of: `${kind} ${name}`, what, remedy, weight: 'hurts' };
}

/** The same object described twice: Kubernetes would keep the later one, Terraform would make both. */
function twice(manifests: readonly Manifest[]): Problem[] {
  const first = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const { apiVersion, kind, namespace, name, where, value } = manifest;
    const key = [apiVersion, kind, namespace, name].join(' ');
    const other = first.get(key);
    first.set(key, other ?? manifest);
    if (other === undefined || !isNamed(value)) return [];
    const what = `${kind} ${name} must be described once, but is already in ${other.where([])}`;
    return [{ where: where([]), what, remedy: 'Take one of the two out' }];
  });
}

/** Objects whose name Kubernetes makes may be many. */
const isNamed = ({ metadata }: Manifest['value']): boolean =>
  typeof metadata === 'object' && metadata !== null && 'name' in metadata;

/**
 * Checks the values of an object as Kubernetes itself would: types, required fields, enumerations.
 *
 * @returns what the API server would refuse; nothing for kinds that are not Kubernetes' own
 */
function checkManifest(manifest: Manifest): Problem[] {
  const mistakes = mistakesIn(manifest.apiVersion, manifest.kind, withoutNulls(manifest.value));
  return mistakes.map((mistake) => problemOf(mistake, manifest));
}

function problemOf(
  { instancePath, message = '', keyword, params }: Mistake,
  { kind, name, where, value }: Manifest,
): Problem {
  const path = stepsOf(instancePath, value);
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

/** What generators leave empty of what a field may say is not set, for Kubernetes too. */
function withoutEmptyChoices(manifest: Manifest): Manifest {
  const { apiVersion, kind, value } = manifest;
  const mistakes = mistakesIn(apiVersion, kind, withoutNulls(value));
  const places = new Set(
    mistakes.flatMap(({ keyword, instancePath }) => (keyword === 'enum' ? instancePath : [])),
  );
  if (places.size === 0) return manifest;
  const settle = (text: string, path: Path): string | null =>
    text === '' && places.has(`/${path.join('/')}`) ? null : text;
  return { ...manifest, value: fieldsOf(mapTexts(value, settle)) };
}

/** Kubernetes takes a field that is null for one that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}
