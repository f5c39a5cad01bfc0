import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runProgram } from '@home/command';

/** What the compiler has to say. */
export interface Complaint {
  /** The path from the workspace; undefined where it is about the whole of it. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** What must hold, in one line. */
  readonly what: string;
  /** All of it, as it was printed: the lines after the first say why, step by step into the types. */
  readonly text: string;
}

/**
 * Checks types, and writes nothing but what the compiler keeps for the next time.
 *
 * @param root the workspace
 * @param options what follows `tsc`
 * @throws Error when it breaks down
 */
export async function runCompiler(root: string, options: readonly string[]): Promise<readonly Complaint[]> {
  // `typescript` itself stays what tools take code apart with: docs/decisions/0031-two-compilers.md
  const native = createRequire(__filename).resolve('@typescript/native/package.json');
  const { exitCode, stdout, stderr } = await runProgram(
    process.execPath,
    [join(dirname(native), 'bin/tsc'), '--noEmit', '--pretty', 'false', ...options],
    { cwd: root },
  );
  const complaints = stdout
    .split(/\n(?! )/)
    .filter((text) => text !== '')
    .map(complaintIn);
  if (exitCode !== 0 && complaints.length === 0) throw new Error(stderr);
  return complaints;
}

/** `apps/a/main.ts(2,7): error TS2322: Type …`, with lines below it. */
function complaintIn(text: string): Complaint {
  const [, file, line = 1, column = 1, what = text] =
    /^(?:(.+?)\((\d+),(\d+)\): )?error TS\d+: (.*)/.exec(text) ?? [];
  return { ...(file === undefined ? {} : { file }), line: Number(line), column: Number(column), what, text };
}
