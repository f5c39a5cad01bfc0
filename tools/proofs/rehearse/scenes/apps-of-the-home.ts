import { one, readGeneratedStack } from '@home/generated';
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
    .map(({ workload: name, type, label, body }) => ({
      name,
      file: `apps/workloads/${name}/main.ts`,
      address: `${type}.${label}`,
      key: `apps/${String(one(body['metadata'])['name'])}`,
    }));

/** One app of the home to try things on. Gotify is left alone, since a whole stack hangs on it. */
export function anApp(house: House): App {
  const [app] = statefulApps(house).filter(({ name }) => name !== 'gotify');
  if (!app) throw new Error('The rehearsal needs an app with a database in apps/workloads to try things on.');
  return app;
}
