import { type Problem, isPlainObject } from '@home/terraform';
import { type Source, standardInput } from '../source/read-source';
import { type Path, type YamlDocument, failure, readYaml } from '../source/read-yaml';
import { type Fields, fieldsOf, itemsOf } from './fields';
import { typeOfKind } from '@home/providers';

/** One object as a manifest describes it. */
export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly value: Fields;
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
  const read: Found = { manifests: [], others: [], problems: [...problems] };
  for (const document of documents)
    if (document.value !== null && document.value !== undefined) readDocument(document, read);
  return read;
}

/** What a source was found to hold so far. */
interface Found {
  readonly manifests: Manifest[];
  readonly others: Problem[];
  readonly problems: Problem[];
}

function readDocument({ file, value, lineOf }: YamlDocument, found: Found): void {
  const where = (path: Path): string => `${file}:${lineOf(path)}`;
  if (!isPlainObject(value)) {
    found.problems.push({ where: where([]), what: describe(value), remedy: remedyFor(value) });
  } else if (typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string') {
    readObject(value, file, where, found);
  } else {
    const what = 'is not a Kubernetes object, since it has no apiVersion and kind';
    // A folder may hold other files; what a program writes is all meant.
    if (file === standardInput || Object.keys(value).some((key) => failure.test(key)))
      found.problems.push({ where: where([]), what: `${what}: ${excerpt(value)}`, remedy: remedyFor(value) });
    else found.others.push({ where: where([]), what, remedy: 'Import the other files without it' });
  }
}

function readObject(value: Fields, file: string, where: Manifest['where'], found: Found): void {
  const { apiVersion, kind, items, metadata } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    for (const [index, item] of itemsOf(items).entries()) {
      const inside = (path: Path): string => where(['items', index, ...path]);
      const typed = { apiVersion, kind: kind.slice(0, -'List'.length), ...fieldsOf(item) };
      if (isPlainObject(item)) readObject(typed, file, inside, found);
      else found.problems.push({ where: inside([]), what: describe(item), remedy: 'Write an object' });
    }
    return;
  }
  const { name, generateName, namespace } = fieldsOf(metadata);
  const isKnown = typeOfKind(String(apiVersion), String(kind)) !== undefined;
  // A Kustomization needs no name.
  const called = name ?? generateName ?? (isKnown ? undefined : 'without a name');
  if (typeof called !== 'string' || called === '') {
    const what = `${String(kind)} must have a metadata.name that is a text`;
    found.problems.push({ where: where(['metadata', 'name']), what, remedy: 'Give it one' });
    return;
  }
  found.manifests.push({
    file,
    apiVersion: String(apiVersion),
    kind: String(kind),
    name: called,
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    value,
    where,
  });
}

function describe(value: unknown): string {
  return `must be a Kubernetes object, but is ${Array.isArray(value) ? 'a list' : excerpt(value)}`;
}

const excerpt = (value: unknown): string => JSON.stringify(value).slice(0, 80);

function remedyFor(value: unknown): string {
  if (Array.isArray(value))
    return 'Separate its objects by "---", or write "kind: List" with "items" around it';
  return 'Where a program wrote it, see whether that program ended in an error';
}
