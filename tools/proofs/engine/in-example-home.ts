import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runProgram } from '@home/command';
import { refuse } from '@home/terraform';
import { homeNames, temporaryHome } from '@home/testing';

const workspace = join(__dirname, '../../..');

/** The option of a proof that can be run on another home than that of this checkout. */
export const homeOption = { home: { type: 'string', default: '' } } as const;

/** What the option does, for people. */
export const homeUsage = `--home    on an example home: ${homeNames.join(', ')}`;

/**
 * Runs this same command once more, in a copy of the workspace that is an example home.
 *
 * @param name the example home
 * @returns the exit code
 * @throws ProblemsError when there is no such home, or it does not generate
 */
export async function inExampleHome(name: string): Promise<number> {
  const known = homeNames.find((one) => one === name);
  if (known === undefined)
    return refuse('--home', `must be an example home, but is "${name}"`, `Use ${homeNames.join(' or ')}`);
  const { root } = temporaryHome(known);
  const node = (file: string, ...args: readonly string[]) => [
    '-r',
    './tools/nx-home/typescript.cjs',
    file,
    ...args,
  ];
  try {
    console.log(`The home ${name} is made and generated.`);
    const generated = await runProgram('node', node('tools/nx-home/main.ts'), { cwd: root });
    if (generated.exitCode !== 0) refuse(`the home ${name}`, 'must generate', generated.stderr.trim());
    const [, program = '', ...given] = process.argv;
    const args = given.filter((one, index) => !/^--home(=|$)/.test(one) && given[index - 1] !== '--home');
    const again = node(relative(workspace, program), ...args);
    const { exitCode = 1 } = await runProgram('node', again, { cwd: root, watched: true });
    return exitCode;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
