import { freeName, workloadName } from '../code/names';
import { DisjointSets } from './disjoint-sets';
import type { ImportedObject } from './imported-object';
import { keyOf, linksIn } from './object-links';
import { appOf, podMakers, selectors, selects, shared } from './object-relations';

/** Objects that make one workload. */
export interface Group {
  readonly name: string;
  readonly objects: readonly ImportedObject[];
}

/**
 * Finds what belongs together: an object and those it names, a Service and the pods it selects, what bears the labels
 * of one app. A shared object goes to the only workload that uses it, or becomes one of its own.
 *
 * @param isFree tells whether a workload may have a name
 * @param wish a name for the workload, when there is only one
 */
export function groupObjects(
  objects: readonly ImportedObject[],
  isFree: (name: string) => boolean,
  wish?: string,
): Group[] {
  const sets = new DisjointSets(objects);
  const byKey = new Map(objects.map((object) => [keyOf(object.manifest), object]));
  const named = objects.map((object) => [object, namedObjects(object, byKey)] as const);
  for (const [object, others] of named) {
    for (const other of others) if (!shared.has(other.manifest.kind)) sets.join(object, other);
  }
  for (const selector of objects.filter(({ manifest }) => selectors.has(manifest.kind))) {
    for (const object of objects.filter((one) => selects(selector.manifest, one.manifest)))
      sets.join(selector, object);
  }
  joinEqual(objects, sets, ({ manifest }) => appOf(manifest));
  for (const one of objects.filter(({ manifest }) => shared.has(manifest.kind))) {
    const users = named.filter(([, others]) => others.includes(one)).map(([user]) => sets.find(user));
    const [only, ...more] = [...new Set(users)];
    if (only !== undefined && more.length === 0) sets.join(one, only);
  }
  adoptStrays(sets);
  return nameGroups(sets.all(), isFree, wish);
}

function namedObjects(
  { given, manifest }: ImportedObject,
  byKey: ReadonlyMap<string, ImportedObject>,
): ImportedObject[] {
  return linksIn(given, manifest.namespace).flatMap(({ to }) => byKey.get(keyOf(to)) ?? []);
}

function joinEqual(
  objects: readonly ImportedObject[],
  sets: DisjointSets<ImportedObject>,
  of: (object: ImportedObject) => string | undefined,
): void {
  const first = new Map<string, ImportedObject>();
  for (const object of objects) {
    const key = of(object);
    if (key === undefined) continue;
    const other = first.get(key);
    if (other === undefined) first.set(key, object);
    else sets.join(object, other);
  }
}

/** What makes no pods and belongs to nothing goes to the workload of its file or, failing that, of its name. */
function adoptStrays(sets: DisjointSets<ImportedObject>): void {
  const isWorkload = (set: readonly ImportedObject[]): boolean =>
    set.some(({ manifest }) => podMakers.includes(manifest.kind));
  const found = sets.all();
  const workloads = found.filter(isWorkload).map((set) => ({
    first: set[0],
    files: new Set(set.map(({ manifest }) => manifest.file)),
    name: leader(set).manifest.name,
  }));
  for (const stray of found.filter((set) => !isWorkload(set))) {
    if (stray.every(({ manifest }) => shared.has(manifest.kind))) continue;
    const sameFile = workloads.filter(({ files }) => stray.some(({ manifest }) => files.has(manifest.file)));
    const sameName = workloads.filter(({ name }) =>
      stray.some(({ manifest }) => manifest.name.startsWith(name)),
    );
    const [home, ...others] = sameFile.length === 1 ? sameFile : sameName;
    if (home !== undefined && others.length === 0) sets.join(stray[0], home.first);
  }
}

/** The object that a workload is named for: what makes pods comes first, and of those the one with the shortest name. */
const leader = (objects: readonly [ImportedObject, ...ImportedObject[]]): ImportedObject =>
  objects.reduce((best, object) => (rank(object) < rank(best) ? object : best));

function rank({ manifest: { kind, name } }: ImportedObject): number {
  const place = podMakers.indexOf(kind);
  return (place === -1 ? 100 : place < 3 ? 0 : place) * 1000 + name.length;
}

function nameGroups(
  sets: readonly (readonly [ImportedObject, ...ImportedObject[]])[],
  isFree: (name: string) => boolean,
  wish: string | undefined,
): Group[] {
  const taken = new Set<string>();
  return sets.map((objects) => {
    const { kind, name: called, namespace } = leader(objects).manifest;
    const own = shared.has(kind) ? `${called}-${kind}` : called;
    const wishes =
      sets.length === 1 && wish !== undefined
        ? [wish]
        : [own, `${own}-${kind}`, `${namespace ?? 'default'}-${own}`];
    const name = freeName(wishes.map(workloadName), (one) => isFree(one) && !taken.has(one));
    taken.add(name);
    return { name, objects };
  });
}
