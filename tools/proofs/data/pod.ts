import { type Computed, type GeneratedBlock, type Member, evaluate, many, one } from '@home/generated';

/** A container as the kubelet would run it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly user: { readonly uid: number; readonly gid: number };
  /** An init container with `restart_policy = "Always"`. */
  readonly sidecar: boolean;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly subPath?: string | undefined;
}

/** A volume: an empty folder per pod, or files that are the same for all of them. */
export type Volume = 'empty' | { readonly files: Readonly<Record<string, string>> };

/** A pod as the generated files describe it. */
export interface Pod {
  readonly workload: string;
  readonly kind: string;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly fsGroup: number | undefined;
  readonly graceSeconds: number;
}

/** What the cluster knows and the generated files do not. */
export interface Cluster {
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly computed: Computed;
}

/** The images whose entry point the generated pods rely on. */
const entrypoints: Readonly<Record<string, readonly string[]>> = { 'litestream/litestream': ['litestream'] };

/** The generated workloads with a replicated database: a sidecar or a second container that replicates. */
export function replicatedWorkloads(blocks: readonly GeneratedBlock[]): GeneratedBlock[] {
  return blocks.filter(
    (block) =>
      ['kubernetes_stateful_set_v1', 'kubernetes_deployment_v1'].includes(block.type) &&
      containersOf(block).some((container) =>
        many(container['args']).concat().join(' ').includes('replicate'),
      ),
  );
}

function containersOf(block: GeneratedBlock): Member[] {
  const spec = podSpec(one(block.body['spec']));
  return [...many(spec['init_container']), ...many(spec['container'])];
}

const podSpec = (spec: Member): Member => one(one(spec['template'])['spec']);

/**
 * Reads a generated StatefulSet, Deployment or CronJob as the pod that Kubernetes would make of it.
 *
 * @throws Error when the generated files refer to something that is not there
 */
export function readPod(block: GeneratedBlock, blocks: readonly GeneratedBlock[], cluster: Cluster): Pod {
  const text = (value: unknown): string => evaluate(value, blocks, cluster.computed);
  const outer = one(block.body['spec']);
  const spec = podSpec(block.type.includes('cron_job') ? one(one(outer['job_template'])['spec']) : outer);

  const readContainer = (container: Member): Container => {
    const security = one(container['security_context']);
    const [image = ''] = text(container['image']).split(':');
    const command = (container['command'] as unknown[] | undefined)?.map(text);
    return {
      name: text(container['name']),
      image: text(container['image']),
      command: command ?? entrypoints[image] ?? [],
      args: ((container['args'] as unknown[] | undefined) ?? []).map(text),
      env: { ...secretsOf(container, cluster, text), ...variables(container, cluster, text) },
      mounts: many(container['volume_mount']).map((mount) => ({
        volume: text(mount['name']),
        path: text(mount['mount_path']),
        subPath: mount['sub_path'] === undefined ? undefined : text(mount['sub_path']),
      })),
      user: { uid: Number(security['run_as_user'] ?? 0), gid: Number(security['run_as_group'] ?? 0) },
      sidecar: container['restart_policy'] === 'Always',
    };
  };

  const fsGroup = one(spec['security_context'])['fs_group'];
  return {
    workload: block.workload,
    kind: block.type,
    initContainers: many(spec['init_container']).map(readContainer),
    containers: many(spec['container']).map(readContainer),
    volumes: Object.fromEntries(
      many(spec['volume']).map((volume) => [text(volume['name']), readVolume(volume, blocks, text)]),
    ),
    fsGroup: fsGroup === undefined ? undefined : Number(fsGroup),
    graceSeconds: Number(spec['termination_grace_period_seconds'] ?? 30),
  };
}

type Text = (value: unknown) => string;

function readVolume(volume: Member, blocks: readonly GeneratedBlock[], text: Text): Volume {
  if (volume['config_map'] === undefined) return 'empty';
  const name = text(one(volume['config_map'])['name']);
  const configMap = blocks.find(
    ({ type, body }) => type === 'kubernetes_config_map_v1' && text(one(body['metadata'])['name']) === name,
  );
  if (configMap === undefined) throw new Error(`No generated file makes the ConfigMap ${name}.`);
  const data = (configMap.body['data'] ?? {}) as Member;
  return { files: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, text(value)])) };
}

function secretsOf(container: Member, { secrets }: Cluster, text: Text): Record<string, string> {
  const names = many(container['env_from']).flatMap((from) =>
    many(from['secret_ref']).map((reference) => text(reference['name'])),
  );
  return Object.assign({}, ...names.map((name) => secret(secrets, name))) as Record<string, string>;
}

function variables(container: Member, { secrets }: Cluster, text: Text): Record<string, string> {
  return Object.fromEntries(
    many(container['env']).flatMap((entry): [string, string][] => {
      const name = text(entry['name']);
      if (entry['value'] !== undefined) return [[name, text(entry['value'])]];
      const key = one(one(entry['value_from'])['secret_key_ref']);
      if (key['name'] === undefined) return [];
      return [[name, secret(secrets, text(key['name']))[text(key['key'])] ?? '']];
    }),
  );
}

/** Other Secrets belong to the apps, and those are not played. */
function secret(secrets: Cluster['secrets'], name: string): Readonly<Record<string, string>> {
  return secrets[name] ?? {};
}
