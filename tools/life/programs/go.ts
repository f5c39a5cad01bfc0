import { cp } from 'node:fs/promises';
import { readProgram, runProgram } from '@home/command';

/**
 * Runs Go, out of the way of what people do meanwhile.
 *
 * @returns what it printed
 * @throws Error with the last lines that it wrote, when it fails
 */
export async function runGo(
  args: readonly string[],
  { env = {}, cwd = '.' }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<string> {
  const { exitCode, stdout, stderr, complaint } = await runProgram('nice', ['go', ...args], {
    cwd,
    env: { ...process.env, ...env },
  });
  if (exitCode !== 0) throw new Error(stderr.trim().split('\n').slice(-3).join(' ') || complaint);
  return stdout;
}

/** Copies a module, `path@version`, to where its files can be changed. */
export async function copyModule(module: string, to: string): Promise<void> {
  const { Dir } = JSON.parse(await runGo(['mod', 'download', '-json', module])) as { Dir: string };
  await cp(Dir, to, { recursive: true });
  await readProgram('chmod', ['-R', 'u+w', to]);
}
