import { setTimeout as sleep } from 'node:timers/promises';
import { readProgram } from '@home/command';
import { type Found, WriterLog } from '../data/writer-log';
import { type Program, startProgram } from '../engine';

/** One life of the writer's pod. */
export interface Life {
  readonly uid: string;
  readonly node: string;
  readonly found: Found;
  /** The newest row that it said was committed. */
  readonly newest: () => number;
  /** Its last line has been read. */
  readonly over: Program['exit'];
}

const patienceSeconds = 240;

/** The pod of one StatefulSet, reached through kubectl. */
export class PodAccess {
  readonly name: string;
  readonly #container: string;
  readonly #common: readonly string[];

  constructor(
    kubeconfig: string,
    namespace: string,
    { name, container }: { readonly name: string; readonly container: string },
  ) {
    this.name = `${name}-0`;
    this.#container = container;
    this.#common = ['--kubeconfig', kubeconfig, '--namespace', namespace];
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return readProgram('kubectl', [...this.#common, ...args]);
  }

  /** Waits for another pod than the one before, and follows what its writer says. */
  async nextLife(before?: Life): Promise<Life> {
    const { uid, node } = await this.#runningPod(before?.uid);
    const log = new WriterLog();
    const follow = ['logs', '--follow', this.name, '--container', this.#container];
    const { exit: over } = startProgram(['kubectl', ...this.#common, ...follow], {}, (line, from) => {
      if (from === 'stdout') log.read(line);
    });
    for (let waited = 0; ; waited += 0.1) {
      const { found } = log;
      if (found !== undefined) return { uid, node, found, newest: () => log.newest, over };
      if (waited > patienceSeconds) throw new Error('The writer did not say what it found.');
      await sleep(100);
    }
  }

  async #runningPod(other: string | undefined): Promise<{ uid: string; node: string }> {
    const path = `{.metadata.uid} {.spec.nodeName} {.status.containerStatuses[?(@.name=="${this.#container}")].state.running}`;
    for (let waited = 0; waited < patienceSeconds; waited += 0.2) {
      const get = ['get', 'pod', this.name, '--output', `jsonpath=${path}`];
      const seen = await this.kubectl(...get).catch(() => '');
      const [uid = '', node = '', running = ''] = seen.split(' ');
      if (uid !== '' && uid !== other && running !== '') return { uid, node };
      await sleep(200);
    }
    const events = await this.kubectl('describe', 'pod', this.name).catch(String);
    throw new Error(`No new pod runs after ${patienceSeconds} s:\n${events.slice(-1500)}`);
  }
}
