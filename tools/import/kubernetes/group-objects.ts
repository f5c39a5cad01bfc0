import { freeName, workloadName } from '../code/names';
import { DisjointSets } from './disjoint-sets';
import type { ImportedObject } from './imported-object';
import { appOf, isPodMaker, isSharedKind, keyOf, linksIn, podMakerRank, selects } from './object-relations';

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
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const named = objects.map(
    (object) => [object, linksIn(object).flatMap(({ to }) => byKey.get(keyOf(to)) ?? [])] as const,
  );
  for (const [object, others] of named) {
    for (const other of others) if (!isSharedKind(other.kind)) sets.join(object, other);
  }
  for (const selector of objects) {
    for (const object of objects.filter((one) => selects(selector, one))) sets.join(selector, object);
  }
  sets.joinEqual(appOf);
  for (const one of objects.filter(({ kind }) => isSharedKind(kind))) {
    const users = named.filter(([, others]) => others.includes(one)).map(([user]) => sets.find(user));
    const [only, ...more] = [...new Set(users)];
    if (only !== undefined && more.length === 0) sets.join(one, only);
  }
  adoptStrays(sets);
  return nameGroups(sets.all(), isFree, wish);
}

/** What makes no pods and belongs to nothing goes to the workload of its file or, failing that, of its name. */
function adoptStrays(sets: DisjointSets<ImportedObject>): void {
  const isWorkload = (set: readonly ImportedObject[]): boolean => set.some(({ kind }) => isPodMaker(kind));
  const found = sets.all();
  const workloads = found.filter(isWorkload).map((set) => ({
    first: set[0],
    files: new Set(set.map(({ manifest }) => manifest.file)),
    name: leader(set).name,
  }));
  for (const stray of found.filter((set) => !isWorkload(set))) {
    if (stray.every(({ kind }) => isSharedKind(kind))) continue;
    const sameFile = workloads.filter(({ files }) => stray.some(({ manifest }) => files.has(manifest.file)));
    const sameName = workloads.filter((workload) => stray.some(({ name }) => name.startsWith(workload.name)));
    const [home, ...others] = sameFile.length === 1 ? sameFile : sameName;
    if (home !== undefined && others.length === 0) sets.join(stray[0], home.first);
  }
}

/** The object that a workload is named for: what makes pods comes first, and of those the one with the shortest name. */
const leader = (objects: readonly [ImportedObject, ...ImportedObject[]]): ImportedObject =>
  objects.reduce((best, object) => (rank(object) < rank(best) ? object : best));

function rank({ kind, name }: ImportedObject): number {
  const place = podMakerRank(kind);
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
    const own = isSharedKind(kind) ? `${called}-${kind}` : called;
    const wishes =
      sets.length === 1 && wish !== undefined
        ? [wish]
        : [own, `${own}-${kind}`, `${namespace ?? 'default'}-${own}`];
    const name = freeName(wishes.map(workloadName), (one) => isFree(one) && !taken.has(one));
    taken.add(name);
    return { name, objects };
  });
}
