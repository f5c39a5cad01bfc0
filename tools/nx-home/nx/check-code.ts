import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withTemporaryFolder } from '@home/files';
import { runCompiler } from '../checks/run-compiler';

/** What one of the tools that read code has to say about a file. */
export interface Complaint {
  /** The path from the workspace. */
  readonly file: string;
  readonly text: string;
}

/** Checks all code in some folders and files of the workspace at once, since starting a tool takes longer than a folder. */
export type CheckCode = (workspace: string, paths: readonly string[]) => Promise<readonly Complaint[]>;

/**
 * The paths that a project's code lies in: its folder, or what is in it besides the projects inside, which have tasks of
 * their own.
 *
 * @param root the project's folder
 * @param inside the folders of the projects inside
 */
export function ownPaths(workspace: string, root: string, inside: readonly string[]): readonly string[] {
  if (inside.length === 0) return [root];
  const entries = readdirSync(join(workspace, root)).map((entry) => `${root}/${entry}`);
  return entries.filter((entry) => !inside.includes(entry));
}

/** ESLint's complaints, those of oxlint, which finds circles of imports in a second, and prettier's. */
export const lint: CheckCode = async (workspace, paths) => {
  const lenient = '--no-error-on-unmatched-pattern';
  const [eslint, oxlint, prettier] = await Promise.all([
    run(workspace, 'eslint', ['--format', 'json', lenient, '--no-warn-ignored', ...paths]),
    run(workspace, 'oxlint', ['--format', 'json', lenient, ...paths]),
    run(workspace, 'prettier', ['--list-different', '--ignore-unknown', lenient, ...paths]),
  ]);
  const files: readonly LintedFile[] = parse(eslint);
  const linted = files.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      .map(({ line, column, message, ruleId }) => {
        const file = relative(workspace, filePath);
        return { file, text: `${file}:${line}:${column}: ${message} (${ruleId})` };
      }),
  );
  const { diagnostics }: CircleSearch = parse(oxlint);
  if (prettier.exitCode > 1) throw new Error(prettier.stderr);
  const unformatted = prettier.stdout.split('\n').filter((file) => file !== '');
  return [
    ...linted,
    ...diagnostics.map(({ filename: file, message, note }) => ({
      file,
      text: `${file}: ${message}. ${note}`,
    })),
    ...unformatted.map((file) => ({
      file,
      text: `${file}: must be formatted. Run \`npx prettier --write ${file}\`.`,
    })),
  ];
};

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly {
    readonly severity: number;
    readonly line?: number;
    readonly column?: number;
    readonly message: string;
    readonly ruleId: string | null;
  }[];
}

interface CircleSearch {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly message: string;
    readonly note: string;
  }[];
}

/** The compiler's complaints. It reads the whole workspace, and keeps what it knows for the next time. */
export const types: CheckCode = async (workspace) => {
  const complaints = await runCompiler(workspace, []);
  return complaints.map(({ file = '', text }) => ({ file, text }));
};

/** What failed in the tests. */
export const test: CheckCode = (workspace, paths) =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, 'results.json');
    const patterns = paths.map((path) => `^${join(workspace, path).replace(/[^\w/]/g, '\\$&')}(/|$)`);
    const jest = await run(workspace, 'jest', [
      ...['--passWithNoTests', '--json', `--outputFile=${file}`],
      ...patterns,
    ]);
    const { testResults }: TestRun = parse({ ...jest, stdout: readFileSync(file, 'utf8') });
    return testResults
      .filter(({ status }) => status === 'failed')
      .map(({ name, message }) => ({ file: relative(workspace, name), text: message }));
  });

interface TestRun {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
  }[];
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the workspace's own programs. */
async function run(workspace: string, program: string, given: readonly string[]): Promise<Ended> {
  // A dynamic import, since execa is an ES module only and this file runs as CommonJS.
  const { execa } = await import('execa');
  const { exitCode, stdout, stderr } = await execa(program, given, {
    cwd: workspace,
    preferLocal: true,
    localDir: workspace,
    reject: false,
  });
  return { exitCode: exitCode ?? 2, stdout, stderr };
}

/** What a program printed as JSON; what it said instead, when it broke down. */
function parse({ stdout, stderr }: Ended) {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(stderr || stdout, { cause });
  }
}
