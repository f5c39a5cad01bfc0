import { isClusterWide, kindOf } from '@home/kubernetes';
import type { Surroundings } from '../surroundings';
import { freeName } from '../code/names';
import { changeAt } from './fields';
import { type Fitted, tell } from './fit-home';
import { isSharedKind, nested } from './object-relations';
import type { Manifest } from './read-manifests';

/**
 * Leaves out what everybody uses and the home has already, such as a namespace, and calls rights by another name than those
 * that the home gives.
 */
export function besideTheHome(manifests: readonly Manifest[], { blocks }: Surroundings): Fitted {
  const has = new Set(
    blocks.map(({ block: { type, body } }) => `${kindOf(type)} ${String(nested(body, 'metadata')['name'])}`),
  );
  const isTaken = (kind: string, name: string): boolean =>
    isClusterWide(kind) && has.has(`${kind.toLowerCase()} ${name}`);
  const taken = manifests.filter(({ kind, name }) => isTaken(kind, name));
  const left = taken.filter(({ kind }) => isSharedKind(kind));
  const renamed = taken.filter(({ kind }) => rights.has(kind));
  const names = new Map(
    renamed.map(({ kind, name }) => [`${kind} ${name}`, freeName([name], (one) => !isTaken(kind, one))]),
  );
  const nameIn = (kind: unknown, name: unknown): unknown =>
    names.get(`${String(kind)} ${String(name)}`) ?? name;
  return {
    manifests: manifests
      .filter((one) => !left.includes(one))
      .map((manifest) => {
        const name = String(nameIn(manifest.kind, manifest.name));
        const named =
          name === manifest.name
            ? manifest.value
            : changeAt(manifest.value, ['metadata'], (metadata) => ({ ...metadata, name }));
        const value = changeAt(named, ['roleRef'], (role) => ({
          ...role,
          name: nameIn(role['kind'], role['name']),
        }));
        return { ...manifest, name, value };
      }),
    told: [
      ...left.map((one) =>
        tell(one, ['the home has it already, so it is left out', 'Look whether it is the same']),
      ),
      ...renamed.map((one) => {
        const what = `the home has one of this name, so it is called ${String(nameIn(one.kind, one.name))}`;
        return tell(one, [what, 'Nothing has to be done', 'usual']);
      }),
    ],
  };
}

/** Kinds whose names nothing says but what gives them to somebody. */
const rights: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterRoleBinding']);
