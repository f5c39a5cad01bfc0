import { type GeneratedBlock, evaluate, many, one } from '@home/generated';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The home's name server as the generated files describe it. */
export interface GeneratedServer {
  readonly image: string;
  readonly args: readonly string[];
  /** Its files, by their path in the container. */
  readonly files: Readonly<Record<string, string>>;
  /** The user it runs as, which is the image's own unless the files say otherwise. */
  readonly user: number;
  /** Capabilities that the files add. */
  readonly capabilities: readonly string[];
  readonly probes: readonly Probe[];
}

export interface Probe {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** CoreDNS' image runs as this user since 1.11. */
const imageUser = 65532;

/**
 * Reads the one Deployment that runs CoreDNS.
 *
 * @throws Error when there is none, or it mounts what no generated file makes
 */
export function readServer(blocks: readonly GeneratedBlock[]): GeneratedServer {
  const text = (value: unknown): string => evaluate(value, blocks);
  for (const { type, body } of blocks) {
    if (type !== 'kubernetes_deployment_v1') continue;
    const spec = one(one(one(body['spec'])['template'])['spec']);
    const container = many(spec['container']).find(({ image }) => text(image).startsWith('coredns/'));
    if (container === undefined) continue;
    const security = one(container['security_context']);
    return {
      image: text(container['image']),
      args: (container['args'] as unknown[]).map(text),
      files: Object.fromEntries(
        many(container['volume_mount']).map((mount) => [
          text(mount['mount_path']),
          mountedFile(text(mount['name']), text(mount['sub_path']), many(spec['volume']), blocks),
        ]),
      ),
      user: Number(security['run_as_user'] ?? imageUser),
      capabilities: ((one(security['capabilities'])['add'] ?? []) as unknown[]).map(text),
      probes: ['readiness_probe', 'liveness_probe'].map((name) => readProbe(one(container[name]), container)),
    };
  }
  throw new Error('No generated Deployment runs CoreDNS.');
}

function mountedFile(
  volume: string,
  key: string,
  volumes: readonly ReturnType<typeof one>[],
  blocks: readonly GeneratedBlock[],
): string {
  const source = volumes.find(({ name }) => evaluate(name, blocks) === volume);
  const wanted = evaluate(one(source?.['config_map'])['name'], blocks);
  const found = blocks.find(
    ({ type, body }) =>
      type === 'kubernetes_config_map_v1' && evaluate(one(body['metadata'])['name'], blocks) === wanted,
  );
  const content = one(found?.body['data'])[key];
  if (content === undefined) throw new Error(`No generated file makes ${key} of the ConfigMap ${wanted}.`);
  return evaluate(content, blocks);
}

function readProbe(probe: ReturnType<typeof one>, container: ReturnType<typeof one>): Probe {
  const get = one(probe['http_get']);
  const port = many(container['port']).find(({ name }) => name === get['port']);
  return {
    host: String(get['host']),
    port: Number(port?.['container_port'] ?? get['port']),
    path: String(get['path']),
  };
}

/** A running name server. */
export interface RunningServer {
  readonly log: () => string;
  readonly ended: () => boolean;
  readonly stop: () => Promise<void>;
}

/**
 * Starts CoreDNS the way its container does: its files are all that it sees, and it has the container's rights.
 *
 * @param program the real CoreDNS
 * @param certificate what it trusts
 */
export function startServer(server: GeneratedServer, program: string, certificate: string): RunningServer {
  const root = mkdtempSync(join(tmpdir(), 'prove-dns-'));
  chmodSync(root, 0o755);
  const files = { ...server.files, '/trusted.pem': certificate };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  cpSync(program, join(root, 'coredns'));
  const child = spawn('setpriv', [...rights(server), 'chroot', root, '/coredns', ...server.args], {
    env: { PATH: process.env['PATH'], SSL_CERT_FILE: '/trusted.pem' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return observe(child, root);
}

/** No more than the container has; `chroot` needs a capability of its own, which is as good as none in there. */
function rights({ user, capabilities }: GeneratedServer): string[] {
  const kept = ['sys_chroot', ...capabilities.map((name) => name.toLowerCase())].map((name) => `+${name}`);
  const sets = ['-all', ...kept].join(',');
  return [
    ...[`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs'],
    ...[`--bounding-set=${sets}`, `--inh-caps=${sets}`, `--ambient-caps=${sets}`],
  ];
}

function observe(child: ChildProcess, root: string): RunningServer {
  let log = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  }
  const exit = new Promise<void>((resolve) => {
    child.on('error', (cause) => (log += cause.message));
    child.on('close', () => {
      ended = true;
      rmSync(root, { recursive: true, force: true });
      resolve();
    });
  });
  return {
    log: () => log,
    ended: () => ended,
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
}
