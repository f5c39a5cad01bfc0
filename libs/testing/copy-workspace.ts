import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that have to do with what really runs, not with how the home is described. */
const ofTheHome = /(^|\/)(\.env|kubeconfig|talosconfig|precious\.json|[^/]*\.tfstate[^/]*)$/;

/** What is no part of a description and costs time to make: the packages, and the programs that proofs run. */
const lent = ['node_modules', '.cache/components'];

/**
 * Copies the files that describe a home, with what is not committed yet, and without what runs: no credentials and no states.
 *
 * @param from a work tree of git
 */
export function copyWorkspace(from: string, to: string): void {
  for (const file of describedFiles(from)) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}

/** Lets a copy use the packages and programs of the workspace that it was made from. */
export function lendPackages(from: string, to: string): void {
  for (const path of lent.filter((one) => existsSync(join(from, one)))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    symlinkSync(join(from, path), join(to, path));
  }
}

/** The files of a work tree that describe a home. */
export function describedFiles(root: string): string[] {
  const listed = (...args: string[]): string[] =>
    execFileSync('git', ['ls-files', '-z', ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    }).split('\0');
  const deleted = new Set(listed('--deleted'));
  const present = listed('--cached', '--others', '--exclude-standard');
  return present.filter((file) => file !== '' && !ofTheHome.test(file) && !deleted.has(file));
}

/** Commits all of a work tree, and makes it one first where it is none. */
export function commitAll(root: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  if (!existsSync(join(root, '.git'))) git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--message=The home');
}
