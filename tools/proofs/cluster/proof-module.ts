import { runProgram } from '@home/command';
import { home } from '@home/home';
import { refuse } from '@home/terraform';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownMarks } from './own-namespaces';
import type { Settings } from './settings';

const generated = join(__dirname, '../../../terraform/workloads');
const writer = join(__dirname, '../data/writer.sh');

/** What of a generated workload its pod consists of. */
const kept = ['kubernetes_service_v1', 'kubernetes_stateful_set_v1', 'kubernetes_config_map_v1'];

/** The app itself needs most of what it may need. */
const drainSeconds = 8;

/** What of the workload may change from one apply to the next. */
export interface Shape {
  /** The name of its objects. */
  readonly name: string;
  /** Which of its replicas it writes. */
  readonly replica: number;
  /** It may start without a replica. */
  readonly first: boolean;
  /** How long its writer rests after each row. */
  readonly pauseSeconds: number;
}

/** The namespace's name, once it is there. */
const inProof = '${kubernetes_namespace_v1.proof.metadata[0].name}';

const pauseMark = 'PAUSE_SECONDS OF THE SHAPE';

type Body = Record<string, unknown>;
type Resources = Record<string, Record<string, Body>>;

/**
 * Makes a root module: a generated workload in a namespace of its own, under Terraform with the real provider.
 *
 * @param namespace also the name below which the replica lies in its bucket
 * @throws Error when the workload has no StatefulSet
 * @throws ProblemsError when Terraform fails
 */
export async function makeModule(folder: string, namespace: string, settings: Settings) {
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const terraform = async (...args: readonly string[]): Promise<void> => {
    const env = { ...process.env, TF_VAR_keys: JSON.stringify(settings.keys) };
    const flags = ['-no-color', '-input=false'];
    const { binary } = home.terraform;

    if (stopped) throw new Error('The proof was interrupted.');
    const running = runProgram(binary, [...args, ...flags], { cwd: folder, env });
    last = running;
    const { exitCode, stderr, complaint } = await running;
    if (exitCode === 0) return;
    const what = `must succeed, and did not: ${stderr.trim().slice(0, 1500) || complaint}`;
    refuse(`terraform ${args[0]}`, what, 'Mend that and try again');
  };
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  const read = (name: string): Body => JSON.parse(readFileSync(join(generated, name), 'utf8')) as Body;

  write('stack.tf.json', standsOn(read('stack.tf.json'), namespace, settings));
  const all = read(`${settings.workload}.tf.json`)['resource'] as Resources;
  const resources = Object.fromEntries(Object.entries(all).filter(([type]) => kept.includes(type)));
  const [set] = Object.values(resources['kubernetes_stateful_set_v1'] ?? {});
  if (set === undefined) throw new Error(`${settings.workload} has no StatefulSet, and so no database.`);
  const moved = JSON.parse(elsewhere(JSON.stringify(resources), namespace, settings)) as Resources;
  const [movedSet = {}] = Object.values(moved['kubernetes_stateful_set_v1'] ?? {});
  const pod = (movedSet['spec'] as Body)['template'] as Record<'metadata' | 'spec', Body>;
  replaceApp(pod.spec);
  if (settings.loss !== undefined) prefer(settings.loss.node, pod.spec);

  await terraform('init');
  const name = String((set['metadata'] as Body)['name']);
  const shaped = (shape: Shape): Body => {
    const text = JSON.stringify(moved)
      // Its folder in the bucket keeps the name.
      .replace(new RegExp(`(?<!/)\\b${name}\\b`, 'g'), shape.name)
      .replaceAll(`${folderOf(namespace)}/`, `${folderOf(namespace)}/${shape.replica}/`)
      .replaceAll(pauseMark, String(shape.pauseSeconds));
    return JSON.parse(shape.first ? text.replace('"required"', '"new"') : text) as Body;
  };
  let revision = 0;
  return {
    /** The name of the StatefulSet, and of the container that writes. */
    name,
    /** Applies it anew, which restarts its pod; without a shape, what it consists of is destroyed. */
    apply: async (shape?: Shape) => {
      (pod.metadata['annotations'] as Body)['prove-cluster/revision'] = String((revision += 1));
      write('workload.tf.json', shape === undefined ? {} : { resource: shaped(shape) });
      await terraform('apply', '-auto-approve');
    },
    /** Lets Terraform make nothing more, and waits for what it is making. */
    stop: () => {
      stopped = true;
      return last;
    },
  };
}

/** The folder of a run in its bucket. */
const folderOf = (namespace: string): string => `prove-cluster/${namespace}`;

/** Provider, namespace and keys: what other stacks of the home make. */
function standsOn(stack: Body, namespace: string, { target }: Settings): Body {
  const required = (stack['terraform'] as Body)['required_providers'] as Body;
  return {
    terraform: { required_providers: { kubernetes: required['kubernetes'] } },
    provider: { kubernetes: [{ config_path: target.kubeconfig, config_context: target.context }] },
    variable: { keys: { type: 'map(string)', sensitive: true } },
    resource: {
      kubernetes_namespace_v1: { proof: { metadata: { name: namespace, ...ownMarks } } },
      kubernetes_secret_v1: {
        keys: {
          metadata: { name: 'litestream-configuration', namespace: inProof },
          data: '${var.keys}',
        },
      },
      kubernetes_config_map_v1: {
        writer: {
          metadata: { name: 'writer', namespace: inProof },
          data: { 'writer.sh': readFileSync(writer, 'utf8').replaceAll('${', () => '$${') },
        },
      },
    },
  };
}

/** The generated text with another namespace, another store and nobody to report to. */
function elsewhere(text: string, namespace: string, { gate, bucket }: Settings): string {
  const quoted = (value: string) => `\\"${value}\\"`;
  const setting = (name: string) => new RegExp(`\\\\"${name}\\\\": \\\\"(?!s3)[^"\\\\]*\\\\"`, 'g');
  return text
    .replace(/"namespace":"[^"]*"/g, `"namespace":"${inProof}"`)
    .replace(setting('endpoint'), `${quoted('endpoint')}: ${quoted(`http://${gate.host}:${gate.port}`)}`)
    .replace(setting('bucket'), `${quoted('bucket')}: ${quoted(bucket)}`)
    .replace(/(\\"path\\": \\")([^/"\\][^"\\]*\\")/g, `$1${folderOf(namespace)}/$2`)
    .replace(/\$\{healthchecksio_check\.[^}]*\}/g, 'http://127.0.0.1:9/nobody');
}

/** The app is replaced by the writer, in Litestream's image, as whoever owns the database, with the app's own memory. */
function replaceApp(spec: Body): void {
  const [app] = spec['container'] as Body[];
  const [restore] = spec['init_container'] as Body[];
  if (app === undefined || restore === undefined) throw new Error('The pod restores nothing.');
  const env = new Map((restore['env'] as Body[]).map(({ name, value }) => [name, value]));
  spec['volume'] = [...(spec['volume'] as Body[]), { name: 'writer', config_map: { name: 'writer' } }];
  for (const key of Object.keys(app)) if (!['name', 'resources'].includes(key)) delete app[key];
  Object.assign(app, {
    image: restore['image'],
    command: ['/bin/sh', '/writer.sh'],
    security_context: restore['security_context'],
    env: Object.entries({
      DATABASE_FILE: env.get('DATABASE_FILE'),
      TABLES: env.get('EXPECTED_TABLES') ?? '',
      DRAIN_SECONDS: String(drainSeconds),
      PAUSE_SECONDS: pauseMark,
    }).map(([name, value]) => ({ name, value })),
    volume_mount: [
      ...(restore['volume_mount'] as Body[]),
      { name: 'writer', mount_path: '/writer.sh', sub_path: 'writer.sh', read_only: true },
    ],
  });
}

/** A pod that may still run elsewhere, once the node is lost. */
function prefer(node: string, spec: Body): void {
  const preference = {
    match_expressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }],
  };
  const preferred = { weight: 100, preference };
  spec['affinity'] = {
    node_affinity: { preferred_during_scheduling_ignored_during_execution: preferred },
  };
}
