import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type StandIn, startStandIn } from '../stand-in/stand-in';
import { type HomeNetwork, startHomeNetwork } from '../network/home-network';
import { copyHome, replaceIn } from './copy-home';
import { type Ran, type Running, run } from './run-command';
import { recordedProviders } from './recorded-providers';

/** What of the environment must not decide how a rehearsal goes. */
const meddling = /^(TF_|KUBE|TALOS|MINIO|GOTIFY|OP_|HEALTHCHECKS|AWS_|PG|HOME_|NX_|npm_|NODE_OPTIONS|CI$)/;

/** A rehearsed home: a copy of the repository, its states, and a world for it to happen in. */
export interface House {
  readonly root: string;
  readonly world: StandIn['world'];
  readonly trouble: StandIn['trouble'];
  /** The addresses of the machines. */
  readonly nodes: readonly string[];
  /** Runs one of the project's commands: `npm('deploy', '--yes')`. */
  npm(script: string, ...args: string[]): Running;
  /** Runs terraform itself in a stack's folder, as anybody may. */
  terraform(stack: string, ...args: string[]): Running;
  /** The process ids of the terraforms that were started, the newest last. */
  terraforms(): number[];
  read(file: string): string;
  write(file: string, text: string): void;
  remove(path: string): void;
  edit(file: string, text: string | RegExp, by: string): void;
  /** Remembers everything as it is now, under a name, to come back to. */
  save(name: string): void;
  load(name: string): void;
  has(name: string): boolean;
  /** The objects in a stack's state, by address. */
  state(stack: string): Record<string, Record<string, unknown>>;
  close(): void;
}

/** Copies the home in `from` to `folder` and starts the stand-ins that it meets. */
export async function openHouse(from: string, folder: string, nodes: readonly string[]): Promise<House> {
  const root = join(folder, 'home');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  copyHome(from, root);
  const standIn = await startStandIn(recordedProviders(from), join(folder, 'stand-in'));
  const network = await startHomeNetwork(standIn.world, nodes);
  const env = environment(folder, standIn, network);
  const inHouse = (command: readonly string[]) => run(command, { cwd: root, env });
  const saved = (name: string) => join(folder, `saved-${name}`);
  return {
    root,
    world: standIn.world,
    trouble: standIn.trouble,
    nodes,
    npm: (script, ...args) =>
      inHouse(['npm', 'run', '--silent', script, ...(args.length ? ['--', ...args] : [])]),
    terraform: (stack, ...args) => inHouse(['terraform', `-chdir=terraform/${stack}`, ...args]),
    terraforms: () =>
      existsSync(pidsFile(folder))
        ? readFileSync(pidsFile(folder), 'utf8').split('\n').filter(Boolean).map(Number)
        : [],
    read: (file) => readFileSync(join(root, file), 'utf8'),
    write(file, text) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    edit: (file, text, by) => replaceIn(root, file, text, by),
    save(name) {
      cpSync(root, saved(name), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      writeFileSync(`${saved(name)}.json`, standIn.world.snapshot(), { mode: 0o600 });
    },
    load(name) {
      rmSync(root, { recursive: true, force: true });
      cpSync(saved(name), root, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      standIn.world.restore(readFileSync(`${saved(name)}.json`, 'utf8'));
      standIn.trouble.end();
    },
    has: (name) => existsSync(saved(name)),
    state: (stack) => objectsOf(join(root, '.state', `${stack}.tfstate`)),
    close() {
      standIn.close();
      network.close();
    },
  };
}

const pidsFile = (folder: string) => join(folder, 'terraforms');

function environment(folder: string, standIn: StandIn, network: HomeNetwork): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const terraform = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((one) => join(one, 'terraform'))
    .find(existsSync);
  // Remembers its process id, so that a scene can kill a terraform that a command started.
  writeFileSync(
    join(bin, 'terraform'),
    `#!/bin/sh\necho $$ >> "${pidsFile(folder)}"\nexec "${terraform}" "$@"\n`,
  );
  chmodSync(join(bin, 'terraform'), 0o755);
  writeFileSync(join(folder, 'terraformrc'), 'disable_checkpoint = true\n');
  const kept = Object.entries(process.env).filter(([name]) => !meddling.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [bin, process.env['PATH']].join(delimiter),
    TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'),
    CHECKPOINT_DISABLE: '1',
    NX_DAEMON: 'false',
    ...standIn.environment,
    ...network.environment,
  };
}

function objectsOf(file: string): Record<string, Record<string, unknown>> {
  if (!existsSync(file)) return {};
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
    readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
  }[];
}

/** What a failed command said, for the person who has to find out why. */
export const lastWords = ({ all }: Ran): string => all.trim().split('\n').slice(-12).join('\n');
