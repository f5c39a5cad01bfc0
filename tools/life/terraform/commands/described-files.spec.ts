import type { Command } from '../command';
import { type ScriptedTerraform, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { deploy } from './deploy';
import { destroy } from './destroy';
import { drift } from './drift';
import { apply, plan } from './plan-and-apply';

let home: TemporaryHome;
let program: ScriptedTerraform;
const run = (command: Command, ...args: string[]) => home.run(command, args, program.environment);
const file = 'terraform/platform/notes.tf.json';
const stale = { where: file, what: 'must exist, since apps/platform/notes describes it', remedy: 'Generate' };

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  home.write('.state/platform.tfstate', '{ "version": 4, "serial": 1, "lineage": "l", "resources": [] }');
  program = scriptedTerraform(home);
});
afterEach(() => home.remove());

it.each<[string, Command, readonly string[]]>([
  ['plan', plan, ['platform']],
  ['plan of all', plan, []],
  ['apply', apply, ['platform', '--yes']],
  ['deploy', deploy, ['--yes']],
])('%s asks Terraform for nothing while files are not what the home describes', async (_, command, args) => {
  home.mistakes.push(stale);
  expect(await run(command, ...args)).toBe(1);
  expect(home.said).toEqual([`${file}: must exist, since apps/platform/notes describes it. Generate.`]);
  expect(program.calls()).toEqual([]);
});

it.each<[string, Command, readonly string[]]>([
  ['drift', drift, ['platform']],
  ['destroy', destroy, ['platform', '--yes']],
])('%s does not wait for them, since it brings about nothing that they say', async (_, command, args) => {
  home.mistakes.push(stale);
  await run(command, ...args);
  expect(home.said.join('\n')).not.toContain(file);
});
