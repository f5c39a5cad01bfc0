import { type Problem, isPlainObject } from '@home/terraform';
import { type Source, standardInput } from '../source/read-source';
import { type Path, type YamlDocument, failure, readYaml } from '../source/read-yaml';
import { typeOfKind } from './kubernetes-types';

/** One object as a manifest describes it. */
export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** `file:line` of a field, or of the innermost thing around it that is there. */
  where(path: Path): string;
}

/** What a source was found to hold. */
export interface Manifests {
  readonly manifests: readonly Manifest[];
  /** Documents that are no objects of Kubernetes, as `file:line`. */
  readonly others: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** Reads all objects of a source, those in a `List` one by one. */
export function readManifests(source: Source): Manifests {
  const { documents, problems } = readYaml(source, '1.1');
  const filled = documents.filter(({ value }) => value !== null && value !== undefined);
  const read = filled.map((document) => readDocument(document));
  return {
    manifests: read.flatMap(({ manifests }) => manifests),
    others: read.flatMap(({ others }) => others),
    problems: [...problems, ...read.flatMap((one) => one.problems)],
  };
}

function readDocument(document: YamlDocument): Manifests {
  const { file, value } = document;
  const where = (path: Path): string => `${file}:${document.lineOf(path)}`;
  if (!isPlainObject(value)) return broken(where([]), describe(value), remedyFor(value));
  if (typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') {
    const what = 'is not a Kubernetes object, since it has no apiVersion and kind';
    // A folder may hold other files; what a program writes is all meant.
    if (file === standardInput || Object.keys(value).some((key) => failure.test(key)))
      return broken(where([]), `${what}: ${excerpt(value)}`, remedyFor(value));
    return {
      manifests: [],
      problems: [],
      others: [{ where: where([]), what, remedy: 'Import the other files without it' }],
    };
  }
  return readObject(value, file, where);
}

function readObject(
  value: Readonly<Record<string, unknown>>,
  file: string,
  where: Manifest['where'],
): Manifests {
  const { apiVersion, kind, items, metadata } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    const read = items.map((item: unknown, index): Manifests => {
      const inside = (path: Path): string => where(['items', index, ...path]);
      if (!isPlainObject(item)) return broken(inside([]), describe(item), 'Write an object');
      const typed = { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
      return readObject(typed, file, inside);
    });
    return {
      manifests: read.flatMap(({ manifests }) => manifests),
      others: read.flatMap(({ others }) => others),
      problems: read.flatMap(({ problems }) => problems),
    };
  }
  const { name, generateName, namespace } = isPlainObject(metadata) ? metadata : {};
  const isKnown = typeOfKind(String(apiVersion), String(kind)) !== undefined;
  // A Kustomization needs no name.
  const called = name ?? generateName ?? (isKnown ? undefined : 'without a name');
  if (typeof called !== 'string' || called === '') {
    return broken(
      where(['metadata', 'name']),
      `${String(kind)} must have a metadata.name that is a text`,
      'Give it one',
    );
  }
  const manifest = { file, apiVersion: String(apiVersion), kind: String(kind), name: called, value, where };
  return {
    manifests: [typeof namespace === 'string' && namespace !== '' ? { ...manifest, namespace } : manifest],
    others: [],
    problems: [],
  };
}

const broken = (where: string, what: string, remedy: string): Manifests => ({
  manifests: [],
  others: [],
  problems: [{ where, what, remedy }],
});

function describe(value: unknown): string {
  return `must be a Kubernetes object, but is ${Array.isArray(value) ? 'a list' : excerpt(value)}`;
}

const excerpt = (value: unknown): string => JSON.stringify(value).slice(0, 80);

function remedyFor(value: unknown): string {
  if (Array.isArray(value))
    return 'Separate its objects by "---", or write "kind: List" with "items" around it';
  return 'Where a program wrote it, see whether that program ended in an error';
}
