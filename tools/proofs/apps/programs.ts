import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readProgram } from '@home/command';

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

/**
 * Installs a program, unless that was done before.
 *
 * @returns in one line why it cannot be had, or undefined
 */
export async function obtainProgram(program: AppProgram): Promise<string | undefined> {
  const folder = folderOf(program);
  if (existsSync(join(folder, note))) return undefined;
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
    const { Dir: from }: { Dir: string } = JSON.parse(
      await readProgram('go', ['mod', 'download', '-json', `${module}@${version}`]),
    );
    const source = join(folder, 'source');
    await cp(from, source, { recursive: true });
    await readProgram('chmod', ['-R', 'u+w', source]);
    const built = join(folder, `${name}.building`);
    await readProgram('go', ['build', '-tags', tags, '-o', built, path], { cwd: source });
    await rename(built, join(folder, name));
    await rm(source, { recursive: true });
    return [];
  },
});

/** A program of Python, with others beside it, in an environment of its own. */
export const pythonProgram = (name: string, version: string, ...beside: readonly string[]): AppProgram => ({
  name: `${name}-${version}`,
  async install(folder) {
    await readProgram('python3', ['-m', 'venv', folder]);
    await readProgram(join(folder, 'bin/pip'), ['install', '--quiet', `${name}==${version}`, ...beside]);
    const prefix = await readProgram('python3', ['-c', 'import sys; print(sys.base_prefix)']);
    return prefix.startsWith('/usr\n') ? [] : [prefix.trim()];
  },
});
