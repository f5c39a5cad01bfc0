import { type GeneratedBlock, many, one } from '@home/generated';
import { rmSync } from 'node:fs';
import { makeTemporaryFolder } from '@home/files';
import { type Container, type Program, readPod, startContained } from '../engine';

/** The home's name server as the generated files describe it. */
export interface GeneratedServer {
  readonly container: Container;
  /** Its files, by their path in the container. */
  readonly files: Readonly<Record<string, string>>;
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
 * Reads the Deployment that runs CoreDNS, or the DaemonSet where several nodes do.
 *
 * @throws Error when there is none, or it mounts what no generated file makes
 */
export function readServer(blocks: readonly GeneratedBlock[]): GeneratedServer {
  const maker = blocks.find(
    ({ type, body }) =>
      ['kubernetes_deployment_v1', 'kubernetes_daemon_set_v1'].includes(type) &&
      JSON.stringify(body).includes('"coredns/coredns:'),
  );
  const pod = maker && readPod(maker, blocks);
  const container = pod?.containers.find(({ image }) => image.startsWith('coredns/'));
  if (container === undefined) throw new Error('No generated Deployment or DaemonSet runs CoreDNS.');
  const files = container.mounts.map(({ volume: name, path, subPath = '' }) => {
    const volume = pod?.volumes[name] ?? 'empty';
    const content = typeof volume === 'string' ? undefined : volume.files[subPath];
    if (content === undefined) throw new Error(`No generated file makes ${path} of CoreDNS.`);
    return [path, content] as const;
  });
  const probes = ['readiness_probe', 'liveness_probe'].map((name) => readProbe(name, container));
  return { container, files: Object.fromEntries(files), probes };
}

function readProbe(name: string, { body }: Container): Probe {
  const { host, port, path } = one(one(body[name])['http_get']);
  const named = many(body['port']).find((one) => one['name'] === port);
  return { host: String(host), port: Number(named?.['container_port'] ?? port), path: String(path) };
}

/**
 * Starts CoreDNS the way its container does.
 *
 * @param program the real CoreDNS
 * @param certificate what it trusts
 */
export function startServer(
  { container, files }: GeneratedServer,
  program: string,
  certificate: string,
): Program {
  const root = makeTemporaryFolder();
  const running = startContained(container, program, {
    root,
    files: { ...files, '/trusted.pem': certificate },
    args: container.args,
    env: { SSL_CERT_FILE: '/trusted.pem' },
    imageUser,
  });
  void running.exit.then(() => rmSync(root, { recursive: true, force: true }));
  return running;
}
