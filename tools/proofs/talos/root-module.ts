import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** One of Terraform's root modules in a folder of its own, with a state of its own. */
export interface RootModule {
  readonly folder: string;
  /** Runs Terraform without any network, where the machine can take it away. */
  terraform(...args: string[]): Ended;
  /** Puts a file beside the others. */
  write(name: string, content: object): void;
  /** The attributes of everything in the state, by address. */
  state(): Record<string, Readonly<Record<string, unknown>>>;
}

/** Runs a program and waits for it. */
export function run(command: readonly string[], cwd: string): Ended {
  const [program = '', ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return { code: status ?? 1, output: error ? String(error) : `${stdout}${stderr}` };
}

/** Whether a process can be run where it reaches nobody. */
export const hasNoNetwork = (): boolean => run(['unshare', '-rn', 'true'], '.').code === 0;

/**
 * Makes a root module of generated files.
 *
 * @param binary terraform or tofu
 * @param folder where to make it
 * @param from the folder with the generated files
 */
export function rootModule(binary: string, folder: string, from: string): RootModule {
  const alone = hasNoNetwork() ? ['unshare', '-rn'] : [];
  mkdirSync(folder, { recursive: true });
  cpSync(from, folder, { recursive: true, filter: (file) => !/\.terraform|_adopt|\.hcl$/.test(file) });
  const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));
  write('proof_override.tf.json', { terraform: { backend: { local: { path: 'terraform.tfstate' } } } });
  const terraform = (...args: string[]) => {
    // Init alone may have to fetch the provider.
    const prefix = args[0] === 'init' ? [] : alone;
    return run([...prefix, binary, ...args, '-no-color'], folder);
  };
  return {
    folder,
    terraform,
    write,
    state: () => attributesIn(run([binary, 'show', '-json'], folder).output),
  };
}

interface Shown {
  readonly values?: {
    readonly root_module: { readonly resources?: { address: string; values: Record<string, unknown> }[] };
  };
}

function attributesIn(json: string): Record<string, Record<string, unknown>> {
  const { values }: Shown = JSON.parse(json);
  return Object.fromEntries((values?.root_module.resources ?? []).map((one) => [one.address, one.values]));
}
