import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readProgram } from '@home/command';
import { copyModule, runGo } from '@life/programs';

/** The program of an app, which stands for its image. */
export interface AppProgram {
  /** What it is called in the cache, with its exact version. */
  readonly name: string;
  /**
   * Puts it into a folder that is empty and absolute.
   *
   * @returns the folders of this machine that it needs besides
   */
  readonly install: (folder: string) => Promise<readonly string[]>;
}

/** Git ignores this folder; what is in it can be deleted at any time. */
const cache = resolve('.cache/apps');

/** Says beside a program what else of the machine it needs. */
const note = 'needs.json';

/** The folders of this machine that an installed program needs besides. */
export const neededBy = (program: AppProgram): readonly string[] =>
  JSON.parse(readFileSync(join(folderOf(program), note), 'utf8')) as readonly string[];

/** Where a program lies once it is installed. */
export const folderOf = ({ name }: AppProgram): string => join(cache, name);

/** Tells whether a program was installed before. */
export const isInstalled = (program: AppProgram): boolean => existsSync(join(folderOf(program), note));

/**
 * Installs a program, unless that was done before.
 *
 * @returns in one line why it cannot be had, or undefined
 */
export async function obtainProgram(program: AppProgram): Promise<string | undefined> {
  const folder = folderOf(program);
  if (isInstalled(program)) return undefined;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const needed = await program.install(folder);
    // Written at last, so that what was interrupted does not count.
    await writeFile(join(folder, note), JSON.stringify(needed));
    return undefined;
  } catch (cause) {
    return `${program.name} cannot be had: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** What a module is built with. */
interface GoModule {
  readonly module: string;
  readonly version: string;
  /** The package in it; its root, if left out. */
  readonly package?: string;
  readonly tags?: string;
}

/**
 * A program that Go builds from its module, in a copy of it: go install refuses a module that replaces others.
 *
 * @param name what the program is called
 */
export const goProgram = (
  name: string,
  { module, version, package: path = '.', tags = '' }: GoModule,
): AppProgram => ({
  name: `${name}-${version}`,
  async install(folder) {
    const source = join(folder, 'source');
    await copyModule(`${module}@${version}`, source);
    const built = join(folder, `${name}.building`);
    await runGo(['build', '-tags', tags, '-o', built, path], { cwd: source });
    await rename(built, join(folder, name));
    await rm(source, { recursive: true });
    return [];
  },
});

/** A program of Python, with what it needs beside it, in an environment of its own. */
interface PythonProgram {
  readonly version: string;
  /** Further packages, with their versions. */
  readonly beside?: readonly string[];
  /** Files of the package that name further ones: from a line of `==` to the first empty line. */
  readonly named?: string;
  /** The Python that it wants, where not every one will do. */
  readonly python?: string;
}

export const pythonProgram = (
  name: string,
  { version, beside = [], named, python = 'python3' }: PythonProgram,
): AppProgram => ({
  name: `${name}-${version}`,
  async install(folder) {
    await readProgram(python, ['-m', 'venv', folder]);
    const own = join(folder, 'bin/python');
    const install = (...packages: readonly string[]) =>
      readProgram(own, ['-m', 'pip', 'install', '--quiet', ...packages]);
    const ask = async (what: string) =>
      (await readProgram(own, ['-c', `import sys, sysconfig; print(${what})`])).trim();
    await install(`${name}==${version}`, ...beside);
    if (named !== undefined) {
      const text = readFileSync(join(await ask("sysconfig.get_path('purelib')"), named), 'utf8');
      const [, list = ''] = /((?:^\S+==\S+\n)+)/m.exec(text) ?? [];
      await install(...list.trim().split('\n'));
    }
    const prefix = await ask('sys.base_prefix');
    return prefix === '/usr' ? [] : [prefix];
  },
});

/** A program of the npm registry, with a Node of its own: many want a newer one than this machine has. */
export const npmProgram = (
  name: string,
  {
    version,
    node,
    built = [],
  }: { readonly version: string; readonly node: string; readonly built?: readonly string[] },
): AppProgram => ({
  name: `${name}-${version}`,
  async install(folder) {
    const runtime = `node-linux-${process.arch}`;
    const env = {
      ...process.env,
      PATH: `${join(folder, 'node_modules', runtime, 'bin')}:${process.env['PATH']}`,
      // What is built of C finds Node's own headers here, and not on a server.
      npm_config_nodedir: join(folder, 'node_modules', runtime),
    };
    const npm = (...args: readonly string[]) => readProgram('npm', args, { cwd: folder, env });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    await npm('install', '--no-audit', '--no-fund', '--ignore-scripts', `${runtime}@${node}`);
    await npm('install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`);
    if (built.length > 0) await npm('rebuild', ...built);
    return [];
  },
});
