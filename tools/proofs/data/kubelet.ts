import { appendFileSync, chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PodFolders, type Programs, type Running, folderOf, runContainer } from './container';
import type { Container, Pod } from '../engine';

/** A pod whose containers run. */
export interface StartedPod {
  readonly containers: readonly Running[];
  /** The init containers that keep running beside them, in the order they were started. */
  readonly sidecars: readonly Running[];
}

/** A pod that did not come up because an init container failed; Kubernetes would try again and again. */
export interface RefusedPod {
  readonly refused: string;
}

/** The shortest time that the kubelet gives a sidecar after the grace period was used up. */
const shortestGraceSeconds = 2;

/**
 * Starts a pod the way the kubelet does: init containers one after the other, of which those that restart always keep
 * running, then the ordinary containers, all at once.
 *
 * @param onLine called with what a container writes, as it comes
 */
export async function startPod(
  pod: Pod,
  folders: PodFolders,
  programs: Programs,
  onLine: (container: string, line: string) => void = () => undefined,
): Promise<StartedPod | RefusedPod> {
  makeVolumes(pod, folders);
  const run = (container: Container): Running => runLogged(pod, container, folders, programs, onLine);

  const sidecars: Running[] = [];
  for (const container of pod.initContainers) {
    const running = run(container);
    if (container.sidecar) {
      sidecars.push(running);
      continue;
    }
    const { code } = await running.exit;
    if (code !== 0) {
      await killAll(sidecars);
      return { refused: running.lines.slice(-3).join('\n') || `${container.name} exited with ${code}` };
    }
  }
  const containers = pod.containers.map(run);
  return { containers, sidecars };
}

function runLogged(
  pod: Pod,
  container: Container,
  folders: PodFolders,
  programs: Programs,
  onLine: (container: string, line: string) => void = () => undefined,
): Running {
  const log = join(folders.base, `${container.name}.log`);
  return runContainer(pod, container, folders, programs, (line) => {
    if (container.name.startsWith('litestream')) appendFileSync(log, `${line}\n`);
    onLine(container.name, line);
  });
}

/**
 * Kills a sidecar, and starts it again as the kubelet does: alone, with the volumes of its pod.
 *
 * @param meanwhile what happens before it is started again; the kubelet takes its time
 * @returns the pod with the new one
 */
export async function restartSidecar(
  pod: Pod,
  started: StartedPod,
  folders: PodFolders,
  programs: Programs,
  meanwhile: () => Promise<void>,
): Promise<StartedPod> {
  const [sidecar] = started.sidecars;
  const container = pod.initContainers.find(({ name }) => name === sidecar?.name);
  if (sidecar === undefined || container === undefined) throw new Error(`${pod.workload} has no sidecar.`);
  await killAll([sidecar]);
  await meanwhile();
  return { ...started, sidecars: [runLogged(pod, container, folders, programs)] };
}

/**
 * Stops a pod: the ordinary containers first, then the sidecars in reverse, all within one grace period. What has not
 * ended by then is killed.
 *
 * @returns how many seconds that took
 */
export async function stopPod({ containers, sidecars }: StartedPod, graceSeconds: number): Promise<number> {
  const begin = Date.now();
  const elapsed = (): number => (Date.now() - begin) / 1000;
  const left = (): number => graceSeconds - elapsed();
  await Promise.all(containers.map((container) => end(container, left())));
  for (const sidecar of sidecars.toReversed()) await end(sidecar, Math.max(left(), shortestGraceSeconds));
  return elapsed();
}

async function end(container: Running, seconds: number): Promise<void> {
  await container.terminate();
  const timer = setTimeout(container.kill, Math.max(seconds, 0) * 1000);
  await container.exit;
  clearTimeout(timer);
}

/** The power cut: every process of the pod ends at once. */
export async function killPod({ containers, sidecars }: StartedPod): Promise<void> {
  await killAll([...containers, ...sidecars]);
}

async function killAll(running: readonly Running[]): Promise<void> {
  for (const one of running) one.kill();
  await Promise.all(running.map((one) => one.exit));
}

function makeVolumes(pod: Pod, folders: PodFolders): void {
  for (const [name, volume] of Object.entries(pod.volumes)) {
    if (typeof volume !== 'string') continue;
    const folder = folderOf(volume, name, folders);
    mkdirSync(folder, { recursive: true });
    // An empty volume is open to everyone in its pod; with an fsGroup it belongs to that group. On the share all are one user.
    const group = volume === 'empty' ? pod.fsGroup : undefined;
    if (group !== undefined) chownSync(folder, 0, group);
    chmodSync(folder, group === undefined ? 0o777 : 0o2777);
  }
}
