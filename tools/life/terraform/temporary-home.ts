import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readOptions } from '@home/command';
import { makeTemporaryFolder } from '@home/files';
import { type Problem, type Readiness, ProblemsError, formatFile } from '@home/terraform';
import pc from 'picocolors';
import { type Command, readGiven, usageOf } from './command';
import { type HomeChoice, type Session, startSession } from './session';

/** A home in a temporary folder, for tests: stacks of built-in resources, with local states, and the real Terraform. */
export interface TemporaryHome {
  readonly root: string;
  /** Everything that was said, on both outputs. */
  readonly said: string[];
  /** Writes one generated file. */
  generate(stack: string, workload: string, json: Readonly<Record<string, unknown>>): void;
  /** Describes a stack: after which others, with which `terraform` block, and when it is ready. */
  describe(
    stack: string,
    after?: readonly string[],
    settings?: Readonly<Record<string, unknown>>,
    ready?: readonly Readiness[],
  ): void;
  write(path: string, text: string): void;
  /** What is wrong with the generated files; nothing here could describe them. */
  readonly mistakes: Problem[];
  session(environment?: Readonly<Record<string, string>>): Promise<Session>;
  /** Runs a command as `npm run` would, and gives its exit code. */
  run(
    command: Command,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<number>;
  remove(): void;
}

/** Whether the real Terraform is there; says loudly when it is not. */
export const hasTerraform = spawnSync('terraform', ['version']).status === 0;

/** `describe`, or a loud skip where no Terraform is on the PATH. */
export function withTerraform(name: string, tests: () => void): void {
  if (!hasTerraform) console.warn(`SKIPPED: "${name}" needs terraform 1.11 or newer on the PATH`);
  (hasTerraform ? describe : describe.skip)(name, tests);
}

const choice: HomeChoice = {
  terraform: { binary: 'terraform', stateEncryption: 'when-possible' },
  cluster: { kubeconfigContext: 'home' },
  network: { subnets: { v4: '192.168.107.0/24' } },
  machines: [],
  domain: 'rpi',
};

/**
 * Makes a home.
 *
 * @param model a home to start from, with everything that was applied there; else it is empty
 */
export function temporaryHome(model?: TemporaryHome): TemporaryHome {
  const root = makeTemporaryFolder();
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const terminal = {
    interactive: false,
    colors: pc.createColors(false),
    say,
    note: say,
    step: () => {},
    status: () => {},
    elapsed: () => '0 s',
    ask: async () => undefined,
  };
  const umask = process.umask(0o077);
  if (model !== undefined) cpSync(model.root, root, { recursive: true });
  else execFileSync('git', ['init', '--quiet', root]);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('.gitignore', readFileSync(join(__dirname, '../../../.gitignore'), 'utf8'));
  const home: TemporaryHome = {
    root,
    said,
    mistakes: [],
    write,
    generate(stack, workload, json) {
      write(`terraform/${stack}/${workload}.tf.json`, formatFile(json as never, `apps/${stack}/${workload}`));
    },
    describe(stack, after = [], settings = {}, ready = []) {
      // Types alone make the order, and load nothing of the real home.
      const imports = after.map((name) => `import type {} from '@home/${name}';\n`).join('');
      write(`apps/${stack}/stack.ts`, `${imports}export default { ready: ${JSON.stringify(ready)} };\n`);
      const terraform = { backend: { local: { path: `../../.state/${stack}.tfstate` } }, ...settings };
      home.generate(stack, 'stack', { terraform });
    },
    session: (environment = {}) =>
      startSession(
        root,
        terminal,
        { PATH: process.env['PATH'], HOME: root, ...environment },
        choice,
        async () => home.mistakes,
      ),
    async run(command, args, environment) {
      try {
        const session = await home.session(environment);
        return await command.run(session, readGiven(readOptions(usageOf(command), args)));
      } catch (error) {
        if (!(error instanceof ProblemsError)) throw error;
        said.push(error.message);
        return 1;
      }
    },
    remove() {
      process.umask(umask);
      rmSync(root, { recursive: true, force: true });
    },
  };
  return home;
}
