import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Found, WriterLog } from '../data/writer-log';
import { type Program, startProgram } from '../engine';
import { type Target, kubectl, targetOptions } from './kubectl';

/** One life of the writer: its container, from start to end. */
export interface Life {
  readonly container: string;
  readonly pod: string;
  readonly found: Found;
  /** The newest row that it said was committed. */
  readonly newest: () => number;
  /** Its last line has been read. */
  readonly over: Program['exit'];
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly lastState: { readonly terminated?: { readonly reason: string } };
}

/** Where pods are reached. */
export interface Access {
  readonly target: Target;
  readonly namespace: string;
  /** For what kubectl reads from a file. */
  readonly folder: string;
}

const patienceSeconds = 240;

/** The pod of one StatefulSet, whose app is called as the set is, reached through kubectl. */
export class PodAccess {
  readonly name: string;
  readonly app: string;
  readonly #access: Access;

  constructor(access: Access, app: string) {
    this.name = `${app}-0`;
    this.app = app;
    this.#access = access;
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return kubectl(this.#access.target, ...this.#inNamespace(), ...args);
  }

  /** Runs a shell's script in one of the pod's containers. */
  run(container: string, script: string): Promise<string> {
    return this.kubectl('exec', this.name, '--container', container, '--', '/bin/sh', '-c', script);
  }

  remove(...options: readonly string[]): Promise<string> {
    return this.kubectl('delete', 'pod', this.name, '--wait=false', ...options);
  }

  /**
   * Evicts the pod as a drain does, but for the cordon, which would also keep out the pods of others.
   *
   * @param graceSeconds instead of the pod's own
   */
  async evict(graceSeconds?: number): Promise<void> {
    const { namespace, folder } = this.#access;
    const file = join(folder, 'eviction.json');
    const metadata = { name: this.name, namespace };
    const deleteOptions = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds };
    writeFileSync(
      file,
      JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata, deleteOptions }),
    );
    const path = `/api/v1/namespaces/${namespace}/pods/${this.name}/eviction`;
    await this.kubectl('create', '--raw', path, '--filename', file);
  }

  /** Where Kubernetes has it, and whether it waits for its end there. */
  async seen(): Promise<{ readonly uid: string; readonly node: string; readonly evicted: boolean }> {
    const path = '{.metadata.uid} {.spec.nodeName} {.metadata.deletionTimestamp}';
    const seen = await this.kubectl('get', 'pod', this.name, '--output', `jsonpath=${path}`);
    const [uid = '', node = '', deletion = ''] = seen.split(' ');
    return { uid, node, evicted: deletion !== '' };
  }

  /** Waits until the pod is gone. */
  async gone(): Promise<void> {
    await this.kubectl('wait', '--for=delete', `pod/${this.name}`, `--timeout=${patienceSeconds}s`);
  }

  /** The containers of the pod that did not stay up, each with why: `app: OOMKilled`. */
  async ended(): Promise<string> {
    const { status } = JSON.parse(await this.kubectl('get', 'pod', this.name, '--output', 'json')) as {
      readonly status: Readonly<
        Record<'initContainerStatuses' | 'containerStatuses', readonly ContainerStatus[]>
      >;
    };
    return [...status.initContainerStatuses, ...status.containerStatuses]
      .filter(({ restartCount }) => restartCount > 0)
      .map(({ name, lastState }) => `${name}: ${lastState.terminated?.reason}`)
      .join(', ');
  }

  /** Waits for another container than the one before, and follows what its writer says. */
  async nextLife(before?: Life): Promise<Life> {
    const { container, pod } = await this.#runningContainer(before?.container);
    const log = new WriterLog();
    const follow = ['logs', '--follow', this.name, '--container', this.app];
    const { exit: over } = startProgram(
      ['kubectl', ...targetOptions(this.#access.target), ...this.#inNamespace(), ...follow],
      {},
      (line, from) => {
        if (from === 'stdout') log.read(line);
      },
    );
    for (let waited = 0; ; waited += 0.1) {
      const { found } = log;
      if (found !== undefined) return { container, pod, found, newest: () => log.newest, over };
      if (waited > patienceSeconds) throw new Error('The writer did not say what it found.');
      await sleep(100);
    }
  }

  #inNamespace(): string[] {
    return ['--namespace', this.#access.namespace];
  }

  async #runningContainer(other: string | undefined): Promise<Pick<Life, 'container' | 'pod'>> {
    const status = `.status.containerStatuses[?(@.name=="${this.app}")]`;
    const path = `{.metadata.uid} {${status}.containerID} {${status}.state.running}`;
    for (let waited = 0; waited < patienceSeconds; waited += 0.2) {
      const get = ['get', 'pod', this.name, '--output', `jsonpath=${path}`];
      const seen = await this.kubectl(...get).catch(() => '');
      const [pod = '', container = '', running = ''] = seen.split(' ');
      if (container !== '' && container !== other && running !== '') return { container, pod };
      await sleep(200);
    }
    const events = await this.kubectl('describe', 'pod', this.name).catch(String);
    throw new Error(`No new pod runs after ${patienceSeconds} s:\n${events.slice(-1500)}`);
  }
}
