import { type ChildProcess, spawn } from 'node:child_process';
import { ownTemporaryFolders } from '@home/files';
import { systemProgram } from '@life/programs';
import { type Lane, playLanes } from './lanes';
import { type Outcome, hasFailed } from './outcome';
import type { Proof } from './run-proof';
import { type Played, type Scene, failed, playScene } from './scene';

/** Set inside, so that a program that starts itself again knows where it is. */
const mark = 'HOME_PROOF_NAMESPACE';

/** Why namespaces cannot be made here; undefined where they can. */
function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root, for namespaces with the home’s addresses';
  const missing = ['unshare', 'ip', 'chroot', 'mount'].filter((name) => systemProgram(name) === undefined);
  return missing.length === 0 ? undefined : `it needs the programs ${missing.join(', ')}`;
}

const enter = `
ip link set lo up || exit 1
for address in $ADDRESSES; do ip address add "$address" dev lo || exit 1; done
"$@"`;

/**
 * Runs a program in a network, mount and process namespace of its own. Nothing in there reaches the machine's network,
 * and all of it ends with the program.
 */
function enterNamespaces(command: readonly string[], addresses: readonly string[]): ChildProcess {
  // In there nobody can tell which processes out here still live.
  ownTemporaryFolders();
  const flags = ['--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
  return spawn('unshare', [...flags, 'sh', '-c', enter, 'sh', ...command], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      [mark]: '1',
      ADDRESSES: addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`).join(' '),
    },
  });
}

/** What a process in namespaces says to the one that started it: nothing when it is ready, and how each scene went. */
type FromInside = { readonly played?: Played };

/**
 * A lane in namespaces of its own, where this program is started once more and plays what it is asked for.
 *
 * @param addresses addresses that its network has, besides the loopback's
 */
function laneInNamespaces<Stage>(addresses: readonly string[]): Lane<Stage> {
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = enterNamespaces(again, addresses);
  const ended = new Promise<undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(undefined));
  });
  const answer = () =>
    Promise.race([new Promise<FromInside>((resolve) => child.once('message', resolve)), ended]);
  const ready = answer();
  return {
    async play(scene) {
      if ((await ready) === undefined) return undefined;
      const played = answer();
      child.send({ title: scene.title });
      return (await played)?.played ?? failed(scene, 'its lane ended in the middle');
    },
    async close() {
      if (child.connected) child.send({});
      await ended;
    },
  };
}

/** A proof whose lanes have networks of their own. */
export interface IsolatedProof<Values, Stage> extends Pick<Proof<Values, Stage>, 'scenes' | 'whyNot'> {
  /** How many lanes are played at once. */
  readonly lanes: (values: Values) => number;
  /** The addresses of a lane's network, besides the loopback's. */
  readonly addresses: (values: Values) => readonly string[];
  /** Sets the stage of one lane, in its network. */
  readonly setStage: (values: Values) => Promise<IsolatedStage<Stage>>;
}

/** A stage, and what becomes of it. */
export interface IsolatedStage<Stage> {
  readonly stage: Stage;
  /** Where what failed can be looked at. */
  readonly kept?: string;
  /** Called at the end, with whether all went well. */
  readonly end: (good: boolean) => Promise<void>;
}

/** Plays a proof in lanes with namespaces of their own. */
export function inNamespaces<Values, Stage>({
  scenes,
  whyNot,
  lanes,
  addresses,
  setStage,
}: IsolatedProof<Values, Stage>): Proof<Values, Stage> {
  return {
    scenes,
    whyNot: async (values) => whyNoNamespaces() ?? (await whyNot?.(values)),
    play: (chosen, values, report) =>
      playLanes(chosen, lanes(values), () => laneInNamespaces<Stage>(addresses(values)), report),
    instead: (values) =>
      process.env[mark] === undefined ? undefined : playInside(scenes, () => setStage(values)),
  };
}

/**
 * Plays what the process outside asks for, until it asks for nothing more. Where the stage cannot be set, every scene
 * fails for that reason.
 *
 * @returns the exit code
 */
async function playInside<Stage>(
  scenes: readonly Scene<Stage>[],
  setStage: () => Promise<IsolatedStage<Stage>>,
): Promise<number> {
  const set = await setStage().catch((cause: unknown) => String(cause));
  const play = async (title: string): Promise<Played> => {
    const scene = scenes.find((one) => one.title === title);
    if (scene === undefined) return failed({ title }, 'there is no such scene');
    return typeof set === 'string' ? failed(scene, set) : playScene(scene, set.stage, set.kept);
  };
  const outcomes: Outcome[] = [];
  const next = (said: FromInside) =>
    new Promise<string | undefined>((resolve) => {
      process.once('message', ({ title }: { title?: string }) => resolve(title));
      process.send?.(said);
    });
  for (let title = await next({}); title !== undefined;) {
    const played = await play(title);
    outcomes.push(...played.outcomes);
    title = await next({ played });
  }
  // What was begun of a stage that could not be set has nobody to end it, and would keep this process.
  if (typeof set === 'string') process.exit(1);
  const good = !hasFailed(outcomes);
  await set.end(good);
  return good ? 0 : 1;
}
