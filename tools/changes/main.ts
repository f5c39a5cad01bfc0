// `npm run changes -- BASE [HEAD]`: what the generated Terraform of two commits differs in, as Markdown.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { compareFiles } from './compare-files';
import { formatChanges } from './format-changes';

function git(...given: string[]): string {
  return execFileSync('git', given, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The commit that a name stands for, so that no name is taken for an option later. */
function commitOf(name: string): string {
  return git('rev-parse', '--verify', '--end-of-options', `${name}^{commit}`).trim();
}

function main([base = 'HEAD', head]: readonly string[]): void {
  const before = commitOf(base);
  const after = head === undefined ? undefined : commitOf(head);
  const commits = after === undefined ? [before] : [before, after];
  const names = git('diff', '--name-only', '-z', '--no-renames', ...commits, '--', 'terraform/*.tf.json');
  const files = names.split('\0').filter((name) => name !== '');
  const workloads = files.map((file) => {
    const [, stack = '', name = ''] = file.split('/');
    const changes = compareFiles(contentAt(before, file), contentAt(after, file));
    return { stack, workload: name.replace(/\.tf\.json$/, ''), changes };
  });
  process.stdout.write(formatChanges(workloads.filter(({ changes }) => changes.length > 0)));
}

/** A file's content in a commit, or as it lies in the folder; undefined where there is none. */
function contentAt(commit: string | undefined, file: string): unknown {
  try {
    return JSON.parse(commit === undefined ? readFileSync(file, 'utf8') : git('show', `${commit}:${file}`));
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    return undefined;
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
  console.error(`npm run changes: must get two commits that git knows. ${reason}`);
  process.exitCode = 1;
}
