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

interface Generated {
  readonly resource: {
    readonly kubernetes_stateful_set_v1?: Readonly<
      Record<string, { readonly metadata: { readonly name: string } }>
    >;
  };
}

/** The apps of the home that keep a database. */
export function statefulApps(house: House): App[] {
  return house.list('apps/workloads').flatMap((name) => {
    const generated = `terraform/workloads/${name}.tf.json`;
    if (!house.has(generated)) return [];
    const { resource } = JSON.parse(house.read(generated)) as Generated;
    return Object.entries(resource.kubernetes_stateful_set_v1 ?? {}).map(([label, { metadata }]) => ({
      name,
      file: `apps/workloads/${name}/main.ts`,
      address: `kubernetes_stateful_set_v1.${label}`,
      key: `apps/${metadata.name}`,
    }));
  });
}

/** One app of the home to try things on. Gotify is left alone, since a whole stack hangs on it. */
export function anApp(house: House): App {
  const [app] = statefulApps(house).filter(({ name }) => name !== 'gotify');
  if (!app) throw new Error('The rehearsal needs an app with a database in apps/workloads to try things on.');
  return app;
}
