import { readFileSync } from 'node:fs';
import { type Given, readProgram, runCommand } from '@home/command';
import { refuse } from '@home/terraform';
import { compareFiles, formatChanges } from './generated-changes';

const usage = {
  command: 'npm run changes',
  help: `npm run changes [-- BASE [HEAD]]

Prints as Markdown what the generated Terraform of two commits differs in: BASE
is the last commit, if left out, and HEAD what lies in the folder.`,
  options: {},
  positionals: 2,
} as const;

const git = (...given: string[]): Promise<string> => readProgram('git', given);

/** The commit that a name stands for, so that no name is taken for an option later. */
async function commitOf(name: string): Promise<string> {
  try {
    return await git('rev-parse', '--verify', '--end-of-options', `${name}^{commit}`);
  } catch (cause) {
    refuse(
      usage.command,
      `must be given commits, but git knows no "${name}"`,
      '`git log --oneline` lists them',
      {
        cause,
      },
    );
  }
}

async function main({ positionals: [base = 'HEAD', head] }: Given<typeof usage.options>): Promise<number> {
  const before = await commitOf(base);
  const after = head === undefined ? undefined : await commitOf(head);
  const commits = after === undefined ? [before] : [before, after];
  const names = await git(
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    ...commits,
    '--',
    'terraform/*.tf.json',
  );
  const files = names.split('\0').filter((name) => name !== '');
  const workloads = await Promise.all(
    files.map(async (file) => {
      const [, stack = '', name = ''] = file.split('/');
      const changes = compareFiles(await contentAt(before, file), await contentAt(after, file));
      return { stack, workload: name.replace(/\.tf\.json$/, ''), changes };
    }),
  );
  process.stdout.write(formatChanges(workloads.filter(({ changes }) => changes.length > 0)));
  return 0;
}

/** A file's content in a commit, or as it lies in the folder; undefined where there is none. */
async function contentAt(commit: string | undefined, file: string): Promise<unknown> {
  try {
    return JSON.parse(
      commit === undefined ? readFileSync(file, 'utf8') : await git('show', `${commit}:${file}`),
    );
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    return undefined;
  }
}

runCommand(usage, main);
