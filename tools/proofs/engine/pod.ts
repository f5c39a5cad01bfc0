import { type Computed, type GeneratedBlock, type Member, evaluate, many, one } from '@home/generated';
import { bytes, parseImage } from '@home/home';
import { podsOf } from '@home/kubernetes';
import { Block, isPlainObject } from '@home/terraform';

/** A container as the kubelet would run it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly user: { readonly uid: number; readonly gid: number };
  /** Whether it can write nowhere but into what it mounts. */
  readonly readOnlyRoot: boolean;
  /** The bytes of memory that it may take at most. */
  readonly memoryLimit: number | undefined;
  /** An init container with `restart_policy = "Always"`. */
  readonly sidecar: boolean;
  /** All that is said of it. */
  readonly body: Member;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly subPath?: string | undefined;
}

/** A volume: an empty folder per pod, a folder that outlives it, or files that are the same for all of them. */
export type Volume = 'empty' | 'kept' | { readonly files: Readonly<Record<string, string>> };

/** A pod as the generated files describe it. */
export interface Pod {
  readonly workload: string;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly fsGroup: number | undefined;
  readonly graceSeconds: number;
}

type Keys = Readonly<Record<string, string>>;

/** What the cluster knows and the generated files do not. */
export interface Cluster {
  /** What is in a Secret. */
  readonly secret?: (name: string) => Keys;
  readonly computed?: Computed;
}

/** The images whose entry point the generated pods rely on. */
const entrypoints: Readonly<Record<string, readonly string[]>> = { 'litestream/litestream': ['litestream'] };

/**
 * Reads a generated StatefulSet, Deployment or CronJob as the pod that Kubernetes would make of it.
 *
 * @throws Error when it makes no pod, or the generated files refer to something that is not there
 */
export function readPod(
  { kind, type, label, stack, workload, body }: GeneratedBlock,
  blocks: readonly GeneratedBlock[],
  { secret = () => ({}), computed }: Cluster = {},
): Pod {
  const owner = { stack, workload, where: `terraform/${stack}/${workload}.tf.json` };
  const [made] = podsOf({ owner, block: new Block(kind, type, label, body, []) });
  if (made === undefined) throw new Error(`${owner.where}: ${type}.${label} makes no pod.`);
  const spec = evaluateAll(made.spec, blocks, computed) as Member;
  const readContainer = (container: Member) => readContainerWith(secret, container);
  const fsGroup = one(spec['security_context'])['fs_group'];
  return {
    workload,
    initContainers: many(spec['init_container']).map(readContainer),
    containers: many(spec['container']).map(readContainer),
    volumes: Object.fromEntries(
      many(spec['volume']).map((volume) => [volume['name'], readVolume(volume, blocks, computed)]),
    ),
    fsGroup: fsGroup === undefined ? undefined : Number(fsGroup),
    graceSeconds: Number(spec['termination_grace_period_seconds'] ?? 30),
  };
}

/** A value whose texts are all evaluated. */
function evaluateAll(value: unknown, blocks: readonly GeneratedBlock[], computed?: Computed): unknown {
  if (typeof value === 'string') return evaluate(value, blocks, computed);
  if (Array.isArray(value)) return value.map((inner) => evaluateAll(inner, blocks, computed));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, evaluateAll(inner, blocks, computed)]),
  );
}

function readContainerWith(secret: (name: string) => Keys, body: Member): Container {
  const security = one(body['security_context']);
  const image = String(body['image']);
  const texts = (name: string) => (body[name] as readonly string[] | undefined) ?? [];
  const command = texts('command');
  const { memory: limit } = one(one(body['resources'])['limits']);
  const secrets = many(body['env_from']).flatMap((from) => many(from['secret_ref']));
  return {
    name: String(body['name']),
    image,
    command: command.length > 0 ? command : (entrypoints[parseImage(image)?.repository ?? ''] ?? []),
    args: texts('args'),
    env: Object.assign({}, ...secrets.map(({ name }) => secret(String(name))), variables(body, secret)),
    mounts: many(body['volume_mount']).map((mount) => ({
      volume: String(mount['name']),
      path: String(mount['mount_path']),
      subPath: mount['sub_path'] as string | undefined,
    })),
    user: { uid: Number(security['run_as_user'] ?? 0), gid: Number(security['run_as_group'] ?? 0) },
    readOnlyRoot: security['read_only_root_filesystem'] === true,
    memoryLimit: limit === undefined ? undefined : bytes(String(limit)),
    sidecar: body['restart_policy'] === 'Always',
    body,
  };
}

function variables(container: Member, secret: (name: string) => Keys): Record<string, string> {
  return Object.fromEntries(
    many(container['env']).flatMap(({ name, value, value_from: source }): [string, string][] => {
      if (value !== undefined) return [[String(name), String(value)]];
      const { name: from, key } = one(one(source)['secret_key_ref']);
      return key === undefined ? [] : [[String(name), secret(String(from))[String(key)] ?? '']];
    }),
  );
}

function readVolume(volume: Member, blocks: readonly GeneratedBlock[], computed?: Computed): Volume {
  if (volume['persistent_volume_claim'] !== undefined) return 'kept';
  if (volume['config_map'] === undefined) return 'empty';
  const { name } = one(volume['config_map']);
  const configMap = blocks.find(
    ({ type, body }) =>
      type === 'kubernetes_config_map_v1' && evaluate(one(body['metadata'])['name'], blocks) === name,
  );
  if (configMap === undefined) throw new Error(`No generated file makes the ConfigMap ${String(name)}.`);
  return { files: evaluateAll(configMap.body['data'] ?? {}, blocks, computed) as Record<string, string> };
}
