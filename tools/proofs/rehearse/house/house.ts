import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { WireObject } from '../stand-in/message-pack';
import { type StandIn, startStandIn } from '../stand-in/stand-in';
import { systemProgram } from '@life/programs';
import { refuse } from '@home/terraform';
import { startHomeNetwork } from '../network/home-network';
import { commitAll, copyHome, replaceHome, replaceIn, setFacts } from './copy-home';
import { type Ran, type Running, run } from './run-command';
import type { RealSystems } from './real-systems';
import { recordedProviders } from './recorded-providers';

/** What of the environment must not decide how a rehearsal goes. */
const meddling = /^(TF_|KUBE|TALOS|MINIO|GOTIFY|OP_|HEALTHCHECKS|AWS_|PG|HOME_|NX_|npm_|NODE_OPTIONS|CI$)/;

/** A rehearsed home: a copy of the repository, its states, and a world for it to happen in. */
export interface House {
  readonly root: string;
  /** Some of its providers are real, and what they make cannot be looked at from here. */
  readonly isReal: boolean;
  /** The short names of the providers that are real. */
  readonly realProviders: readonly string[];
  readonly world: StandIn['world'];
  readonly trouble: StandIn['trouble'];
  /** The addresses of the machines. */
  readonly nodes: readonly string[];
  /** The address of a machine that the home does not have, in the network of those it has. */
  readonly spareAddress: string;
  /** Runs one of the project's commands: `npm('deploy', '--yes')`. */
  npm(script: string, ...args: string[]): Running;
  /** Runs terraform itself in a stack's folder, as anybody may. */
  terraform(stack: string, ...args: string[]): Running;
  /** The same with the installed providers alone. */
  installed(stack: string, ...args: string[]): Running;
  /** The process ids of the terraforms that were started, the newest last. */
  terraforms(): number[];
  /** The names in a folder. */
  list(folder: string): string[];
  has(file: string): boolean;
  read(file: string): string;
  write(file: string, text: string): void;
  remove(path: string): void;
  edit(file: string, text: string | RegExp, by: string): void;
  /** Changes facts of the home, given as the members of an object in TypeScript; `rehearsed` are those it has. */
  setFacts(changed: string): void;
  /** Copies the home into the house and generates it from scratch. */
  furnish(): Promise<void>;
  /** Puts another description of the home in place of the one that is there, and leaves the states as they are. */
  refurnish(from: string): Promise<void>;
  /** Commits everything, as an owner does between changes. */
  commit(): void;
  /** Remembers everything as it is now, under a name, to come back to. */
  save(name: string): void;
  load(name: string): void;
  stacks(): string[];
  /** The objects in a stack's state, by address. */
  state(stack: string): Record<string, WireObject>;
  close(): void;
}

/** What a house is made of. */
export interface Plot {
  /** The repository that is rehearsed. */
  readonly from: string;
  /** Where all of it happens. */
  readonly folder: string;
  /** Where its saves lie, which several houses may share. */
  readonly saves: string;
  /** The addresses of the machines in the home's network. */
  readonly nodes: readonly string[];
  /** The program that the home runs: terraform or tofu. */
  readonly binary: 'terraform' | 'tofu';
  readonly real?: RealSystems | undefined;
}

/** Opens a house: an empty place for a copy of the home, the stand-ins that it will meet, and a network. */
export async function openHouse({ from, folder, saves, nodes, binary, real }: Plot): Promise<House> {
  const root = join(folder, 'home');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recorded = recordedProviders(from, binary, real?.providers);
  const { world, trouble, ...standIn } = await startStandIn(
    recorded,
    join(folder, 'stand-in'),
    real?.kubeconfig,
  );
  const spareAddress = (nodes[0] ?? '').replace(/\d+$/, '250');
  const network = await startHomeNetwork(world, [...nodes, spareAddress]);
  const env = environment(folder, binary, { ...standIn.environment, ...network.environment }, real);
  const inHouse = (command: readonly string[]) => run(command, { cwd: root, env });
  const started = join(folder, 'terraforms');
  const generate = async () => {
    const generated = await inHouse(['npm', 'run', '--silent', 'generate']);
    if (generated.code !== 0) {
      refuse('the rehearsed home', 'must generate', lastWords(generated));
    }
    commitAll(root);
  };
  return {
    root,
    isReal: real !== undefined,
    realProviders: real?.providers ?? [],
    world,
    trouble,
    nodes,
    spareAddress,
    npm: (script, ...args) =>
      inHouse(['npm', 'run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])]),
    terraform: (stack, ...args) => inHouse([binary, `-chdir=terraform/${stack}`, ...args]),
    installed(stack, ...args) {
      const { TF_REATTACH_PROVIDERS: _, ...rest } = env;
      const own = { ...rest, TF_DATA_DIR: join(folder, 'installed', stack) };
      return run([binary, `-chdir=terraform/${stack}`, ...args], { cwd: root, env: own });
    },
    terraforms: () =>
      existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').map(Number) : [],
    list: (path) => readdirSync(join(root, path)).sort(),
    has: (file) => existsSync(join(root, file)),
    read: (file) => readFileSync(join(root, file), 'utf8'),
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    edit: (file, text, by) => replaceIn(root, file, text, by),
    async furnish() {
      copyHome(from, root, real);
      await generate();
    },
    async refurnish(other) {
      replaceHome(other, root, real);
      await generate();
    },
    setFacts: (changed) => setFacts(root, changed),
    commit: () => commitAll(root),
    save(name) {
      copyAll(root, join(saves, name));
      writeFileSync(join(saves, `${name}.json`), world.snapshot(), { mode: 0o600 });
    },
    load(name) {
      rmSync(root, { recursive: true, force: true });
      copyAll(join(saves, name), root);
      world.restore(readFileSync(join(saves, `${name}.json`), 'utf8'));
      trouble.end();
    },
    stacks: () =>
      readdirSync(join(root, 'terraform')).filter((name) =>
        existsSync(join(root, 'terraform', name, 'stack.tf.json')),
      ),
    state: (stack) => objectsOf(join(root, '.state', `${stack}.tfstate`)),
    close() {
      // For somebody who wants to know why a scene failed.
      writeFileSync(join(folder, 'world.json'), world.snapshot(), { mode: 0o600 });
      standIn.close();
      network.close();
    },
  };
}

function copyAll(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

function environment(
  folder: string,
  binary: string,
  given: NodeJS.ProcessEnv,
  real: RealSystems | undefined,
): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  // Remembers its process id, so that a scene can kill a terraform that a command started.
  writeFileSync(
    join(bin, binary),
    `#!/bin/sh\necho $$ >> "${join(folder, 'terraforms')}"\nexec "${systemProgram(binary)}" "$@"\n`,
  );
  chmodSync(join(bin, binary), 0o755);
  writeFileSync(join(folder, 'terraformrc'), 'disable_checkpoint = true\n');
  const kept = Object.entries(process.env).filter(([name]) => !meddling.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [bin, process.env['PATH']].join(delimiter),
    // Real providers are installed as their user says.
    TF_CLI_CONFIG_FILE: real ? process.env['TF_CLI_CONFIG_FILE'] : join(folder, 'terraformrc'),
    CHECKPOINT_DISABLE: '1',
    NX_DAEMON: 'false',
    ...given,
    ...(real ? { NO_PROXY: '*' } : {}),
  };
}

function objectsOf(file: string): Record<string, WireObject> {
  // A terraform that was killed before it made anything leaves an empty file.
  if (!existsSync(file) || statSync(file).size === 0) return {};
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as StateFile;
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return Object.fromEntries(
    managed.flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => [`${type}.${name}`, attributes]),
    ),
  );
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: WireObject }[];
  }[];
}

/** What a failed command said, for the person who has to find out why. */
export const lastWords = ({ all }: Ran): string => all.trim().split('\n').slice(-12).join('\n');
