import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { many, one } from '@home/generated';
import { writeFiles } from '@home/terraform';
import { adoptFile, holdFile } from '@tools/nx-home/graph';
import type { ResourceChange } from '../plan/plan-json';
import { type RootModule, bodyOf, overrideEach, parseObject } from '../root-module';
import type { Session } from '../session';
import { type KnownObject, objectsIn, readState } from '../state/read-state';

/**
 * An app that runs as a Deployment and shall be a StatefulSet. In one apply both would have a pod for a while, and two
 * writers on one replica: docs/decisions/0003-statefulset-for-sqlite.md. So it takes two: the Deployment to no pods
 * first, and the StatefulSet once there are none.
 */
export interface Switch {
  readonly label: string;
  readonly name: string;
  readonly namespace: string;
  /** By which the app's pods are selected. */
  readonly labels: Readonly<Record<string, string>>;
  readonly step: 'stop' | 'start';
  /** Terraform has the Deployment in its state. */
  readonly known: boolean;
}

const statefulSet = 'kubernetes_stateful_set_v1';
const deployment = 'kubernetes_deployment_v1';

/** The address of the Deployment that an app has until it is switched. */
export const deploymentOf = ({ label }: Pick<Switch, 'label'>): string => `${deployment}.${label}`;

/** The address of the StatefulSet that takes its place. */
export const statefulSetOf = ({ label }: Pick<Switch, 'label'>): string => `${statefulSet}.${label}`;

/**
 * The apps that a plan would make as StatefulSets, each with the step that is next if a Deployment has its name.
 *
 * @param planned what the plan does without any adopt file
 * @param objects what the state knows
 */
export function possibleSwitches(
  planned: readonly ResourceChange[],
  objects: readonly KnownObject[],
): Switch[] {
  return planned
    .filter(
      ({ type, change }) =>
        type === statefulSet && change.actions.includes('create') && !change.actions.includes('delete'),
    )
    .flatMap(({ address, change }) => {
      const label = address.slice(statefulSet.length + 1);
      const { name, namespace } = one(bodyOf(change.after)['metadata']);
      const labels = one(one(bodyOf(change.after)['spec'])['selector'])['match_labels'];
      if (typeof name !== 'string' || typeof namespace !== 'string') return [];
      const present = objects.find((object) => object.address === `${deployment}.${label}`);
      const { replicas, selector } = one(present?.values['spec']);
      const stopped = present !== undefined && String(replicas) === '0';
      return [
        {
          label,
          name,
          // The former Deployment may lie elsewhere, and may have selected its pods by others.
          namespace: String(one(present?.values['metadata'])['namespace'] ?? namespace),
          labels: bodyOf(one(selector)['match_labels'] ?? labels) as Record<string, string>,
          step: stopped ? 'start' : 'stop',
          known: present !== undefined,
        },
      ];
    });
}

type Place = Pick<RootModule, 'folder'>;

/** What runs already and shall belong to Terraform. */
export interface Adoption {
  /** Address → identifier. */
  readonly imports: ReadonlyMap<string, string>;
  readonly switches: readonly Switch[];
  /** Addresses of what takes over a replica, and waits until whoever writes to it has ended. */
  readonly waiting?: readonly string[];
}

const comment = [
  'Made by `npm run adopt` or `npm run talos -- import-secrets`: what runs already and is taken over.',
  '`npm run generate` leaves it alone.',
  '`npm run apply` and `npm run deploy` remove it once the state has all of it.',
];

/** Writes the adoption of a stack beside its generated files. */
export function writeAdoption(module: Place, adoption: Adoption): void {
  removeAdoption(module);
  const stopped = adoption.switches.filter(({ step }) => step === 'stop');
  const started = adoption.switches.filter(({ step }) => step === 'start');
  const imports = [...adoption.imports].map(([to, id]) => ({ to, id }));
  for (const one of stopped.filter(({ known }) => !known)) {
    imports.push({ to: deploymentOf(one), id: `${one.namespace}/${one.name}` });
  }
  const held = [...stopped.map(statefulSetOf), ...(adoption.waiting ?? [])];
  if (imports.length + adoption.switches.length + held.length === 0) return;
  write(module, adoptFile, {
    ...(imports.length === 0 ? {} : { import: imports }),
    ...(stopped.length === 0
      ? {}
      : { resource: { kubernetes_deployment_v1: byLabel(stopped, stoppedDeployment) } }),
    ...(started.length === 0 ? {} : { data: { kubernetes_resources: byLabel(started, ownPodsOnly) } }),
  });
  // The generated files describe them already; without an instance they are not made yet.
  if (held.length > 0) write(module, holdFile, overrideEach(held, { count: 0 }));
}

/** Removes the adoption of a stack. */
export function removeAdoption({ folder }: Place): void {
  for (const name of [adoptFile, holdFile]) rmSync(join(folder, name), { force: true });
}

/** The addresses that a stack's adoption imports, and those it holds back; undefined when there is none. */
export function readAdoption({ folder }: Place): { imports: string[]; held: string[] } | undefined {
  const file = join(folder, adoptFile);
  if (!existsSync(file)) return undefined;
  const { import: imports } = parseObject(readFileSync(file, 'utf8')) ?? {};
  const hold = join(folder, holdFile);
  const { resource } = existsSync(hold) ? (parseObject(readFileSync(hold, 'utf8')) ?? {}) : {};
  return {
    imports: many(imports).map(({ to }) => String(to)),
    held: Object.entries(bodyOf(resource)).flatMap(([type, labels]) =>
      Object.keys(bodyOf(labels)).map((label) => `${type}.${label}`),
    ),
  };
}

function write({ folder }: Place, name: string, content: object): void {
  writeFiles(folder, new Map([[name, `${JSON.stringify({ '//': comment, ...content }, null, 2)}\n`]]));
}

const byLabel = (switches: readonly Switch[], body: (one: Switch) => object): object =>
  Object.fromEntries(switches.map((one) => [one.label, body(one)]));

/** A Deployment of which Terraform changes nothing but the number of its pods. */
function stoppedDeployment({ name, namespace, labels }: Switch): object {
  return {
    metadata: { name, namespace },
    spec: {
      replicas: '0',
      selector: { match_labels: labels },
      template: { metadata: { labels }, spec: { container: { name, image: 'stays:as-it-is' } } },
    },
    lifecycle: {
      ignore_changes: [
        'metadata[0].labels',
        'metadata[0].annotations',
        'spec[0].selector',
        'spec[0].template',
        'spec[0].strategy',
        'spec[0].min_ready_seconds',
        'spec[0].paused',
        'spec[0].progress_deadline_seconds',
        'spec[0].revision_history_limit',
      ],
    },
  };
}

/**
 * Looks for pods of the app that the StatefulSet did not make: the provider waits for the Deployment and not for its
 * pods. While there is one, the plan fails, and nothing is changed.
 */
function ownPodsOnly({ name, namespace, labels }: Switch): object {
  // A pod without owners has null there, or nothing at all.
  const owners = 'try([for owner in pod.metadata.ownerReferences : owner.kind], [])';
  return {
    api_version: 'v1',
    kind: 'Pod',
    namespace,
    label_selector: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    lifecycle: {
      postcondition: [
        {
          condition: `\${alltrue([for pod in self.objects : contains(${owners}, "StatefulSet")])}`,
          error_message: `Pods of the former Deployment ${namespace}/${name} are still there. Wait until they are gone and plan again; nothing was changed.`,
        },
      ],
    },
  };
}

/** Removes the adoption of a stack once the state has all of it, or says what comes next. */
export async function finishAdoption(session: Session, module: RootModule): Promise<void> {
  const adoption = readAdoption(module);
  if (adoption === undefined) return;
  const { stack } = module;
  const present = new Set(objectsIn(await readState(session, module)).map(({ address }) => address));
  const missing = adoption.imports.filter((address) => !present.has(address));
  if (adoption.held.length > 0) {
    session.terminal.note(
      `${stack}: the former pods have been told to end, which takes about a minute. The second step: \`npm run adopt -- ${stack}\`; too early, it changes nothing and says why`,
    );
  } else if (missing.length > 0) {
    session.terminal.note(`${stack}: still to be adopted: ${missing.join(', ')}`);
  } else {
    removeAdoption(module);
    session.terminal.note(
      `${stack}: everything is adopted; commit that terraform/${stack}/_adopt.tf.json is gone`,
    );
  }
}
