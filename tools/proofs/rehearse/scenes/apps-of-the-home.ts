import { one, readGeneratedStack } from '@home/generated';
import { Disproved } from '../../engine';
import type { House } from '../house/house';

/** An app of the home with a database, as it is generated. */
export interface App {
  readonly name: string;
  readonly file: string;
  /** The address of its StatefulSet. */
  readonly address: string;
  /** Its name in the cluster. */
  readonly key: string;
}

/** The apps of the home that keep a database. */
export const statefulApps = (house: House): App[] =>
  readGeneratedStack('workloads', house.path('terraform'))
    .filter(({ type }) => type === 'kubernetes_stateful_set_v1')
    .map(({ workload: name, type, label, body }) => {
      const metadata = one(body['metadata']);
      return {
        name,
        file: `apps/workloads/${name}/main.ts`,
        address: `${type}.${label}`,
        key: `${String(metadata['namespace'])}/${String(metadata['name'])}`,
      };
    });

/** A namespace of the home: what it is to Terraform, and to the cluster. */
export function aNamespace(house: House): { type: string; address: string; key: string } {
  const type = 'kubernetes_namespace_v1';
  const made = readGeneratedStack('platform', house.path('terraform')).filter((block) => block.type === type);
  const [block] = made;
  if (!block) throw new Disproved('the rehearsal needs a namespace in apps/platform, to try things on');
  return { type, address: `${type}.${block.label}`, key: String(one(block.body['metadata'])['name']) };
}

/**
 * One app of the home to try things on. Gotify is left alone, since a whole stack hangs on it, and so is an app that keeps
 * files: they are precious, and do not go with a name.
 */
export function anApp(house: House): App {
  const keepFiles = new Set(
    readGeneratedStack('workloads', house.path('terraform'))
      .filter(({ type }) => type === 'kubernetes_persistent_volume_claim_v1')
      .map(({ workload }) => workload),
  );
  const [app] = statefulApps(house).filter(({ name }) => name !== 'gotify' && !keepFiles.has(name));
  if (!app)
    throw new Disproved(
      'the rehearsal needs an app in apps/workloads that keeps a database and no files, to try things on',
    );
  return app;
}
