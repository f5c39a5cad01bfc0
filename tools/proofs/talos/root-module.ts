import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
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

/** One of Terraform's root modules in a folder of its own, with a state of its own. */
export class RootModule {
  readonly #alone = hasNoNetwork() ? ['unshare', '-rn'] : [];

  /**
   * @param binary terraform or tofu
   * @param folder where to make it
   * @param from the folder with the generated files
   */
  constructor(
    readonly binary: string,
    readonly folder: string,
    from: string,
  ) {
    mkdirSync(folder, { recursive: true });
    cpSync(from, folder, { recursive: true, filter: (file) => !/\.terraform|_adopt|\.hcl$/.test(file) });
    this.write('proof_override.tf.json', {
      terraform: { backend: { local: { path: 'terraform.tfstate' } } },
    });
  }

  /** Runs Terraform without any network, where the machine can take it away. */
  terraform(...args: string[]): Ended {
    // Init alone may have to fetch the provider.
    const prefix = args[0] === 'init' ? [] : this.#alone;
    return run([...prefix, this.binary, ...args, '-no-color'], this.folder);
  }

  /** Puts a file beside the others. */
  write(name: string, content: object): void {
    writeFileSync(join(this.folder, name), JSON.stringify(content));
  }

  /** The attributes of everything in the state, by address. */
  state(): Record<string, Readonly<Record<string, unknown>>> {
    const { values }: Shown = JSON.parse(run([this.binary, 'show', '-json'], this.folder).output);
    return Object.fromEntries((values?.root_module.resources ?? []).map((one) => [one.address, one.values]));
  }
}

interface Shown {
  readonly values?: {
    readonly root_module: { readonly resources?: { address: string; values: Record<string, unknown> }[] };
  };
}
