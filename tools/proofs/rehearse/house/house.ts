import { spawnSync } from 'node:child_process';
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
import { cp, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { atExit, writeSecret } from '@home/files';
import type { WireObject } from '../stand-in/message-pack';
import { type StandIn, startStandIn } from '../stand-in/stand-in';
import { systemProgram } from '@life/programs';
import { readRootModule } from '@life/terraform';
import { inUrl } from '@home/home';
import { refuse } from '@home/terraform';
import { commitAll } from '@home/testing';
import { type HomeNetwork, type Whereabouts, startHomeNetwork } from '../network/home-network';
import { copyHome, replaceHome, setFacts } from './copy-home';
import { type Ran, type Running, run } from './run-command';
import type { RealSystems } from './real-systems';
import { recordedProviders } from './recorded-providers';

/** What of the environment must not decide how a rehearsal goes. */
const meddling = /^(TF_|KUBE|TALOS|MINIO|GOTIFY|OP_|HEALTHCHECKS|AWS_|PG|HOME_|NX_|npm_|NODE_OPTIONS|CI$)/;

/** What a house is made of. */
export interface Plot {
  /** The repository that is rehearsed. */
  readonly from: string;
  /** Where all of it happens. */
  readonly folder: string;
  /** Where its saves lie, which several houses may share. */
  readonly saves: string;
  /** Where what answers in the home's network. */
  readonly network: Whereabouts;
  /** The program that the home runs: terraform or tofu. */
  readonly binary: 'terraform' | 'tofu';
  readonly real?: RealSystems | undefined;
}

/** Opens a house: an empty place for a copy of the home, the stand-ins that it will meet, and a network. */
export async function openHouse(plot: Plot): Promise<House> {
  const { from, folder, network, binary, real } = plot;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recorded = recordedProviders(from, binary, real?.providers);
  const standIn = await startStandIn(recorded, join(folder, 'stand-in'), real?.kubeconfig);
  const machines = [...network.machines, spareAddress(network)];
  return new House(plot, standIn, await startHomeNetwork(standIn.world, { ...network, machines }));
}

const spareAddress = ({ machines: [first = ''] }: Whereabouts): string => first.replace(/\d+$/, '250');

/** A rehearsed home: a copy of the repository, its states, and a world for it to happen in. */
export class House {
  readonly root: string;
  readonly world: StandIn['world'];
  readonly trouble: StandIn['trouble'];
  /** The address of a machine that the home does not have, in the network of those it has. */
  readonly spareAddress: string;
  /** Some of its providers are real, and what they make cannot be looked at from here. */
  readonly isReal: boolean;
  /** What every command in it meets. */
  readonly environment: NodeJS.ProcessEnv;

  constructor(
    readonly plot: Plot,
    readonly standIn: StandIn,
    readonly network: HomeNetwork,
  ) {
    this.root = join(plot.folder, 'home');
    this.world = standIn.world;
    this.trouble = standIn.trouble;
    this.spareAddress = spareAddress(plot.network);
    this.isReal = plot.real !== undefined;
    this.environment = environment(plot, { ...standIn.environment, ...network.environment });
  }

  /** Runs one of the project's commands: `npm('deploy', '--yes')`. */
  npm(script: string, ...args: string[]): Running {
    const command = ['npm', 'run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])];
    const running = run(command, { cwd: this.root, env: this.environment });
    // A command that is killed leaves its Terraform, which is in no group of ours.
    void running.finally(atExit(() => endTerraforms(this.terraforms(), this.plot.folder)));
    return running;
  }

  /** What the ingress says at an address of the home: a status, or why there is none. */
  async askIngress(address: string): Promise<string> {
    const script = `fetch('http://${inUrl(address)}/').then((r) => r.status, (e) => e.cause.code).then(console.log)`;
    const { output } = await run(['node', '-e', script], { cwd: this.root, env: this.environment });
    return output.trim();
  }

  /** Runs terraform itself in a stack's folder, with the installed providers alone. */
  installed(stack: string, ...args: string[]): Running {
    const { TF_REATTACH_PROVIDERS: _, ...rest } = this.environment;
    const env = { ...rest, TF_DATA_DIR: join(this.plot.folder, 'installed', stack) };
    return run([this.plot.binary, `-chdir=terraform/${stack}`, ...args], { cwd: this.root, env });
  }

  /** The process ids of the terraforms that were started, the newest last. */
  terraforms(): number[] {
    const started = startedIn(this.plot.folder);
    return existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').map(Number) : [];
  }

  /** Where a file of the home lies. */
  path(file: string): string {
    return join(this.root, file);
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  /** Replaces a text in a file; the text has to be there. */
  edit(file: string, text: string | RegExp, by: string): void {
    const before = this.read(file);
    const after = before.replace(text, by);
    if (after === before) throw new Error(`The rehearsal looks for ${text} in ${file} and does not find it.`);
    this.write(file, after);
  }

  /** Changes facts of the home, given as the members of an object in TypeScript; `rehearsed` are those it has. */
  setFacts(changed: string): void {
    setFacts(this.root, changed);
  }

  /** Copies the home into the house and generates it from scratch. */
  async furnish(): Promise<void> {
    copyHome(this.plot.from, this.root, this.plot.real);
    await this.#generate();
  }

  /** Puts another description of the home in place of the one that is there, and leaves the states as they are. */
  async refurnish(from: string): Promise<void> {
    replaceHome(from, this.root, this.plot.real);
    await this.#generate();
  }

  async #generate(): Promise<void> {
    const generated = await this.npm('generate');
    if (generated.code !== 0) refuse('the rehearsed home', 'must generate', lastWords(generated));
    this.#giveVariables();
    this.commit();
  }

  /** Whatever the home wants from its owner's environment, its copy has something of, and never what the owner has. */
  #giveVariables(): void {
    const before = this.read('.env');
    const wanted = this.stacks().flatMap((stack) => readRootModule(this.root, stack).requiredVariables);
    const lacking = [...new Set(wanted)].filter((name) => !before.includes(`TF_VAR_${name}=`));
    writeSecret(this.path('.env'), before + lacking.map((name) => `TF_VAR_${name}=rehearsal\n`).join(''));
  }

  /** Commits everything, as an owner does between changes. */
  commit(): void {
    commitAll(this.root);
  }

  /** Remembers everything as it is now, under a name, to come back to. */
  save(name: string): void {
    const { saves } = this.plot;
    cpSync(this.root, join(saves, name), exactly);
    writeSecret(join(saves, `${name}.json`), this.world.snapshot());
  }

  /** Goes back to what was saved. The process stays free, since it also answers for the machines of other houses. */
  async load(name: string): Promise<void> {
    const { saves } = this.plot;
    await rm(this.root, { recursive: true, force: true });
    await cp(join(saves, name), this.root, exactly);
    this.world.restore(readFileSync(join(saves, `${name}.json`), 'utf8'));
    this.trouble.end();
  }

  stacks(): string[] {
    return readdirSync(this.path('terraform')).filter((name) => this.has(`terraform/${name}/stack.tf.json`));
  }

  /** The objects in a stack's state, by address. */
  state(stack: string): Record<string, WireObject> {
    return objectsOf(this.path(`.state/${stack}.tfstate`));
  }

  close(): void {
    // For somebody who wants to know why a scene failed.
    writeSecret(join(this.plot.folder, 'world.json'), this.world.snapshot());
    this.standIn.close();
    this.network.close();
  }
}

/** Where the terraforms that are started leave their process ids. */
const startedIn = (folder: string): string => join(folder, 'terraforms');

/** Ends those that still work on something in a folder; another program may have the id of one that has ended. */
function endTerraforms(ids: readonly number[], folder: string): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '-p', ids.join(',')], { encoding: 'utf8' });
  const working = stdout.split('\n').filter((line) => line.includes(folder));
  for (const line of working) {
    try {
      process.kill(-Number.parseInt(line, 10), 'SIGKILL');
    } catch {
      // It ended a moment ago.
    }
  }
}

/** How a house is copied. */
const exactly = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true } as const;

function environment({ folder, binary, real }: Plot, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  // Remembers its process id, so that a scene can kill a terraform that a command started.
  writeFileSync(
    join(bin, binary),
    `#!/bin/sh\necho $$ >> "${startedIn(folder)}"\nexec "${systemProgram(binary)}" "$@"\n`,
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
