import { hostname } from 'node:os';
import { openTerminal } from '@home/command';
import { hasEnded } from '@home/files';
import { one, readGeneratedHome } from '@home/generated';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import { type Target, kubectl } from './kubectl';

/** The label of the namespaces that a proof made. */
const label = 'prove-cluster/made';

/** Who made one: host and process. */
const makerNote = 'prove-cluster/maker';

/** What tells the namespace of this run from all others. */
export const ownMarks = {
  labels: { [label]: 'true' },
  annotations: { [makerNote]: `${hostname()}/${process.pid}` },
};

interface Namespace {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

interface Pod {
  readonly metadata: { readonly namespace: string };
}

/**
 * Refuses a cluster that something may happen to besides the proof, and removes from it what killed proofs of this
 * machine left.
 *
 * @param generated the folder of the generated files
 * @param ends the option by which the proof ends every pod of a node, if it has one
 * @throws ProblemsError when the cluster does not answer, or carries the home, or pods of others that would be ended
 */
export async function enterCluster(
  target: Target,
  generated: string,
  ends: '--end' | '--lose' | undefined,
): Promise<void> {
  const { items: namespaces } = await list<Namespace>(target, 'namespaces');
  const ofHome = new Set(
    readGeneratedHome(generated)
      .filter(({ type }) => type === 'kubernetes_namespace_v1')
      .map(({ body }) => one(body['metadata'])['name']),
  );
  const found = namespaces.map(({ metadata }) => metadata.name).filter((name) => ofHome.has(name));
  const problems: Problem[] = [];
  if (found.length > 0)
    problems.push({
      where: `--context ${target.context}`,
      what: `must be a cluster without the home, and has its namespaces ${found.join(', ')}`,
      remedy: 'Name another cluster. Nothing was changed',
    });
  else if (ends !== undefined) problems.push(...(await strangers(target, namespaces, ends)));
  if (problems.length > 0) throw new ProblemsError(problems);
  for (const { metadata } of namespaces.filter(isLeft)) await removeNamespace(target, metadata.name);
}

const isOurs = ({ metadata }: Namespace): boolean => metadata.labels?.[label] === 'true';

/** Made by a proof of this machine whose process has ended. */
function isLeft(namespace: Namespace): boolean {
  const [host, id] = namespace.metadata.annotations?.[makerNote]?.split('/') ?? [];
  return isOurs(namespace) && host === hostname() && hasEnded(Number(id));
}

/** Pods that are neither the cluster's own nor a proof's. */
async function strangers(
  target: Target,
  namespaces: readonly Namespace[],
  where: string,
): Promise<Problem[]> {
  const ours = new Set(namespaces.filter(isOurs).map(({ metadata }) => metadata.name));
  const { items: pods } = await list<Pod>(target, 'pods', '--all-namespaces');
  const others = new Set(
    pods
      .map(({ metadata }) => metadata.namespace)
      .filter((name) => !name.startsWith('kube-') && !ours.has(name)),
  );
  if (others.size === 0) return [];
  const what = `ends every pod of a node, and ${target.context} has pods of others in ${[...others].join(', ')}`;
  return [{ where, what, remedy: 'Leave it out, or name a cluster that has no others' }];
}

async function list<Item>(target: Target, ...what: readonly string[]): Promise<{ items: readonly Item[] }> {
  try {
    const said = await kubectl(target, 'get', ...what, '--output', 'json', '--request-timeout=20s');
    return JSON.parse(said) as { items: readonly Item[] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    refuse(`--context ${target.context}`, `must answer, and does not (${why})`, 'Start the cluster');
  }
}

/** Removes a namespace with all that is in it, and waits until it is gone. */
export async function removeNamespace(target: Target, name: string): Promise<void> {
  await kubectl(target, 'delete', 'namespace', name, '--ignore-not-found', '--timeout=240s');
}

/**
 * Makes sure that something is undone at the end, however that comes: it is over, it fails, or a signal ends this
 * process. A second signal does not wait.
 *
 * @param work what is done
 * @param stop lets nothing more be made, and waits for what is being made
 * @param undo what is undone
 */
export async function undoing(
  work: () => Promise<void>,
  stop: () => Promise<unknown>,
  undo: () => Promise<void>,
): Promise<void> {
  let undone: Promise<void> | undefined;
  const undoOnce = (): Promise<void> => (undone ??= stop().then(undo));
  const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  let interrupted = false;
  // It listens until the end: where nobody does, the first signal ends the process.
  const leave = (signal: keyof typeof exitCodes): void => {
    const exit = (): never => process.exit(exitCodes[signal]);
    if (interrupted) exit();
    interrupted = true;
    openTerminal().say('Interrupted: what the proof made is removed. Please wait.');
    void undoOnce()
      .catch((error: unknown) => console.error(String(error)))
      .then(exit);
  };
  signals.forEach((signal) => process.on(signal, leave));
  try {
    await work();
  } finally {
    await undoOnce();
    signals.forEach((signal) => process.off(signal, leave));
  }
}
