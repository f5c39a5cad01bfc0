import type { Problem } from '@home/terraform';
import { freeName } from '../code/names';
import { isSecretSetting } from '../secret-settings';
import type { Path } from '../source/read-yaml';
import { type Fields, changeAt, fieldsOf, itemsOf, podPaths } from './fields';
import type { Manifest } from './read-manifests';

/** Objects with no secret in their environment, and where one was or stayed. */
export interface WithoutSecretEnvironment {
  readonly manifests: readonly Manifest[];
  readonly told: readonly Problem[];
}

/** Moves what looks secret in the environment of containers into a new Secret beside the object that runs them. */
export function withoutSecretEnvironment(manifests: readonly Manifest[]): WithoutSecretEnvironment {
  const secrets = new Set(manifests.filter(({ kind }) => kind === 'Secret').map(placeOf));
  const told: Problem[] = [];
  const without = manifests.flatMap((manifest) => {
    const path = podPaths[manifest.kind];
    if (path === undefined) return [manifest];
    const isFree = (name: string): boolean => !secrets.has(placeOf({ ...manifest, name }));
    const name = freeName([`${manifest.name}-environment`], isFree);
    const moved = new MovedSettings(name);
    const value = changeAt(manifest.value, path, (pod) => moved.takeFrom(pod, path));
    const tell = (at: Path, what: string, remedy: string): void => {
      told.push({ where: manifest.where(at), what: `${manifest.kind} ${manifest.name}: ${what}`, remedy });
    };
    for (const { setting, at } of moved.stayed) {
      const what = `${setting} looks secret and stays in the code, since it names other variables`;
      tell(at, what, 'Put all of it into a Secret');
    }
    if (moved.values.size === 0) return [manifest];
    for (const [key, { at }] of moved.values)
      tell(
        at,
        `${key} looks secret and is now in the new Secret ${name}`,
        'Give its value as below, or put it back if it is not secret',
      );
    const secret = secretBeside(manifest, name, moved.values);
    secrets.add(placeOf(secret));
    return [{ ...manifest, value }, secret];
  });
  return { manifests: without, told };
}

const placeOf = ({ namespace, name }: Pick<Manifest, 'namespace' | 'name'>): string => `${namespace} ${name}`;

function secretBeside(manifest: Manifest, name: string, values: MovedSettings['values']): Manifest {
  const { file, namespace } = manifest;
  const stringData = Object.fromEntries([...values].map(([key, { text }]) => [key, text]));
  return {
    file,
    apiVersion: 'v1',
    kind: 'Secret',
    name,
    namespace,
    value: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      stringData,
    },
    where: ([, key]) => manifest.where(values.get(String(key))?.at ?? []),
  };
}

/** What is taken out of the environment of one pod. */
class MovedSettings {
  /** The key in the Secret → what it holds, and where that stood. */
  readonly values = new Map<string, { readonly text: string; readonly at: Path }>();
  readonly stayed: { readonly setting: string; readonly at: Path }[] = [];

  constructor(private readonly secret: string) {}

  takeFrom(pod: Fields, path: Path): Fields {
    const changed = ['initContainers', 'containers'].flatMap((list) => {
      if (!Array.isArray(pod[list])) return [];
      const containers = itemsOf(pod[list]).map((container, index) => {
        const { env, name } = fieldsOf(container);
        if (!Array.isArray(env)) return container;
        const inside = [...path, list, index, 'env'];
        const given = itemsOf(env).map((one, at) => this.#move(one, String(name), [...inside, at]));
        return { ...fieldsOf(container), env: given };
      });
      return [[list, containers] as const];
    });
    return { ...pod, ...Object.fromEntries(changed) };
  }

  #move(given: unknown, container: string, at: Path): unknown {
    const { name, value } = fieldsOf(given);
    if (typeof name !== 'string' || typeof value !== 'string') return given;
    // Kubernetes puts other variables in for `$(NAME)`, and does not in what comes from a Secret.
    const own = value.replace(/\$\([^)]*\)/g, '');
    if (own === '' || !isSecretSetting(name, own)) return given;
    if (own !== value) {
      this.stayed.push({ setting: name, at });
      return given;
    }
    const known = this.values.get(name);
    const key = known === undefined || known.text === value ? name : `${container}.${name}`;
    this.values.set(key, { text: value, at });
    return { name, valueFrom: { secretKeyRef: { name: this.secret, key } } };
  }
}
