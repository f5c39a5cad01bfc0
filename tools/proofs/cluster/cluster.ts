import { execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One life of the writer's pod. */
export interface Life {
  readonly uid: string;
  readonly node: string;
  /** The newest row that it found when it started. */
  readonly found: number;
  readonly integrity: string;
  /** The newest row that it said was committed. */
  readonly newest: () => number;
  /** Whether it ended by itself: then nothing that it said can be missing here. */
  readonly exited: () => boolean;
  /** Its last line has been read. */
  readonly over: Promise<void>;
}

/** The pod of one StatefulSet. */
export interface PodAccess {
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  readonly name: string;
  /** Waits for another pod than the one before, and follows what its writer says. */
  readonly nextLife: (before?: Life) => Promise<Life>;
}

const patienceSeconds = 240;

/** Reaches the pod of a StatefulSet through kubectl. */
export function accessPod(
  kubeconfig: string,
  namespace: string,
  { name, container }: { name: string; container: string },
): PodAccess {
  const common = ['--kubeconfig', kubeconfig, '--namespace', namespace];
  const pod = `${name}-0`;
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    (await run('kubectl', [...common, ...args], { maxBuffer: 64 << 20 })).stdout;

  const runningPod = async (other: string | undefined): Promise<{ uid: string; node: string }> => {
    const path = `{.metadata.uid} {.spec.nodeName} {.status.containerStatuses[?(@.name=="${container}")].state.running}`;
    for (let waited = 0; waited < patienceSeconds; waited += 0.2) {
      const seen = await kubectl('get', 'pod', pod, '--output', `jsonpath=${path}`).catch(() => '');
      const [uid = '', node = '', running = ''] = seen.split(' ');
      if (uid !== '' && uid !== other && running !== '') return { uid, node };
      await sleep(200);
    }
    const events = await kubectl('describe', 'pod', pod).catch(String);
    throw new Error(`No new pod runs after ${patienceSeconds} s:\n${events.slice(-1500)}`);
  };

  return {
    kubectl,
    name: pod,
    nextLife: async (before) => {
      const { uid, node } = await runningPod(before?.uid);
      const follow = ['logs', '--follow', pod, '--container', container];
      const life = followWriter(
        spawn('kubectl', [...common, ...follow], { stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      for (let waited = 0; life.found() === undefined; waited += 0.1) {
        if (waited > patienceSeconds) throw new Error('The writer did not say what it found.');
        await sleep(100);
      }
      const { rows = 0, integrity = '' } = life.found() ?? {};
      return { uid, node, found: rows, integrity, newest: life.newest, exited: life.exited, over: life.over };
    },
  };
}

/** Reads what the writer says, line by line. */
function followWriter(logs: ReturnType<typeof spawn>) {
  let found: { rows: number; integrity: string } | undefined;
  let newest = 0;
  let exited = false;
  let rest = '';
  logs.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [word, first, second, ...others] = line.split(' ');
      if (word === 'START') {
        found = { rows: Number(second), integrity: others.join(' ') };
        newest = Math.max(newest, Number(second), Number(first));
      } else if (word === 'C') newest = Math.max(newest, Number(first));
      else if (word === 'EXIT') exited = true;
    }
  });
  return {
    found: () => found,
    newest: () => newest,
    exited: () => exited,
    over: new Promise<void>((resolve) => logs.on('close', () => resolve())),
  };
}
