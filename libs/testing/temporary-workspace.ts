import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { commitAll, copyWorkspace, lendPackages } from './copy-workspace';
import { type HomeName, becomeHome, writeFacts } from './example-homes';

/** A home in a folder of its own, with the real libraries, plugin and packages, for tests. */
export interface TemporaryWorkspace {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Replaces text in a file that has it. */
  edit(file: string, from: string, to: string): void;
  read(file: string): string;
  remove(path: string): void;
  /** The paths of all generated files, with their content. */
  generated(): Record<string, string>;
  /** Runs a command in the workspace: `run('node_modules/.bin/nx', 'show', 'projects')`. */
  run(command: string, ...given: readonly string[]): Run;
  commit(): void;
}

/** How a command ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing that outlives a command, and no process for each plugin. */
const quickNx = { NX_DAEMON: 'false', NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false' };

/** Nx forces colors on the tests that it runs, and Node warns of both. */
const colorless = { NO_COLOR: '1', FORCE_COLOR: undefined };

const workspace = join(__dirname, '../..');
const shared = [
  'libs',
  'tools/nx-home',
  'tools/generators',
  'tools/recipes',
  'nx.json',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  '.gitignore',
];

/** Makes a workspace of an example home with the given files. The caller removes its `root`. */
export function temporaryWorkspace(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const root = makeTemporaryFolder();
  for (const path of shared) cpSync(join(workspace, path), join(root, path), { recursive: true });
  writeFacts(root, 'one-machine');
  const made = workspaceIn(root);
  made.run('git', 'init', '--quiet');
  made.write(files);
  return made;
}

/** Makes a copy of this whole workspace that is another home. The caller removes its `root`. */
export function temporaryHome(name: HomeName): TemporaryWorkspace {
  const root = makeTemporaryFolder();
  copyWorkspace(workspace, root);
  becomeHome(root, name);
  commitAll(root);
  return workspaceIn(root);
}

function workspaceIn(root: string): TemporaryWorkspace {
  lendPackages(workspace, root);
  const made: TemporaryWorkspace = {
    root,
    write(given) {
      for (const [file, text] of Object.entries(given)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
    },
    read: (file) => readFileSync(join(root, file), 'utf8'),
    edit(file, from, to) {
      const text = made.read(file);
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(join(root, file), text.replace(from, to));
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    generated() {
      const found = readdirSync(join(root, 'terraform'), { recursive: true, encoding: 'utf8' });
      const names = found.filter((name) => name.endsWith('.json')).sort();
      return Object.fromEntries(names.map((name) => [name, made.read(`terraform/${name}`)]));
    },
    run(command, ...given) {
      const environment = { ...process.env, ...quickNx, ...colorless };
      const { status, stdout, stderr } = spawnSync(command, given, {
        cwd: root,
        env: environment,
        encoding: 'utf8',
      });
      return { exitCode: status, stdout, stderr };
    },
    commit: () => commitAll(root),
  };
  return made;
}
