import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '@home/command';
import { drift } from '../commands/drift';
import { plan } from '../commands/plan-and-apply';
import { hidden, readRootModule } from '../root-module';
import type { Diagnostic } from '../run/run-terraform';
import { type ScriptedTerraform, planOf, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { makePlan, tryPlan } from './make-plan';

jest.setTimeout(60_000);

let home: TemporaryHome;
let program: ScriptedTerraform;
const address = 'terraform_data.a';
const addition = planOf(address, 'create');
const heard = (): string => home.said.splice(0).join('\n');
const run = (command: typeof plan, ...args: string[]) =>
  home.run(command, ['platform', ...args], program.environment);
const folder = (): string => join(home.root, 'terraform/platform');
const saved = (): boolean => existsSync(hidden.plan(folder()));
const diagnostic = (severity: 'error' | 'warning', summary: string, detail = ''): Diagnostic => ({
  severity,
  summary,
  detail,
});

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  home.generate('platform', 'base', { resource: { terraform_data: { a: {} } } });
  home.write('.state/platform.tfstate', '{"version": 4, "serial": 1, "lineage": "l", "resources": []}');
  program = scriptedTerraform(home);
  program.answer({ show: addition });
});
afterEach(() => home.remove());

it('keeps no older plan when a new one cannot be made', async () => {
  await run(plan);
  expect(saved()).toBe(true);
  program.answer({ finds: [diagnostic('error', 'Unsupported argument')] });
  expect(await run(plan)).toBe(1);
  expect(saved()).toBe(false);
});

it('is no plan when Terraform ends with an error that it does not tell', async () => {
  home.write('bin/terraform', `#!/bin/sh\n[ $2 != plan ] && echo '{"terraform_version": "1.11.4"}'\n`);
  expect(await run(plan)).toBe(1);
  expect(heard()).toContain('platform: Terraform ended without a message');
  expect(saved()).toBe(false);
});

it('passes on what Terraform warns of, once, and where', async () => {
  const warning = { ...diagnostic('warning', 'Argument is deprecated', 'Use another one.'), address };
  program.answer({ show: addition, finds: [warning, warning] });
  expect(await run(plan)).toBe(2);
  const warnings = heard()
    .split('\n')
    .filter((line) => line.startsWith('warning'));
  expect(warnings).toEqual([`warning: platform/base: ${address}: Argument is deprecated: Use another one.`]);
});

it.each([
  'Resource targeting is in effect',
  'Applied changes may be incomplete',
  'Unencrypted method configured',
])('does not warn of what these commands do themselves: %s', async (summary) => {
  program.answer({ show: addition, finds: [diagnostic('warning', summary)] });
  await run(plan);
  expect(heard()).not.toContain('warning');
});

it('warns of what only speaks of the same', async () => {
  program.answer({ show: addition, finds: [diagnostic('warning', 'No Resource targeting is in effect')] });
  await run(plan);
  expect(heard()).toContain('warning: platform: No Resource targeting is in effect.');
});

it('says in its own words what is precious, though Terraform warns of something besides', async () => {
  program.answer({
    finds: [
      diagnostic('warning', 'Argument is deprecated'),
      diagnostic(
        'error',
        'Instance cannot be destroyed',
        `Resource ${address} has lifecycle.prevent_destroy set`,
      ),
    ],
  });
  expect(await run(plan)).toBe(1);
  expect(heard()).toBe(
    `platform/base: ${address}: would be destroyed or replaced, and it is marked as precious. To do it anyway, repeat npm run plan -- platform with --allow-destroy='${address}'.`,
  );
});

it('says what happens by workload, and to machines as one line', async () => {
  await run(plan);
  expect(heard()).toBe(`platform: 1 to add\n\n  base\n    + ${address}\n`);
  await run(plan, '--json');
  expect(JSON.parse(heard())).toMatchObject({ stack: 'platform', changes: [{ address, workload: 'base' }] });
});

it('finds the plan behind what Terraform says before it', async () => {
  home.write('answers/show', `A newer version is out.\n${JSON.stringify(addition)}`);
  await run(plan);
  expect(heard()).toContain(`+ ${address}`);
});

it('knows whose it was that nobody describes any more, and how its data comes back', async () => {
  const git = (...args: string[]) => execFileSync('git', ['-C', home.root, ...args]);
  const label = 'notes-litestream-config';
  const config = { dbs: [{ path: '/data/a.db', replica: { type: 's3', bucket: 'b', path: 'notes' } }] };
  home.generate('platform', 'notes', { resource: { kubernetes_config_map_v1: { [label]: {} } } });
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=A home');
  rmSync(join(folder(), 'notes.tf.json'));
  const gone = planOf(`kubernetes_config_map_v1.${label}`, 'delete');
  program.answer({
    show: {
      resource_changes: gone.resource_changes?.map((one) => ({
        ...one,
        change: { ...one.change, before: { data: { 'litestream.yml': JSON.stringify(config) } } },
      })),
    },
  });
  await run(plan);
  expect(heard()).toContain(
    `  notes\n    - kubernetes_config_map_v1.${label}\n    Its database goes with its pod; the replica stays`,
  );
});

it('says what Terraform is at meanwhile, without the rest of a long message', async () => {
  const seen: string[] = [];
  const session = await home.session(program.environment);
  const terminal: Terminal = { ...session.terminal, status: (line) => void seen.push(line) };
  program.answer({ finds: [diagnostic('warning', 'Refreshing state…\nmore')] });
  await makePlan({ ...session, terminal }, readRootModule(home.root, 'platform'), {
    command: 'c',
    allowed: [],
  });
  expect(seen).toContain('platform: Refreshing state…');
});

describe('a plan to look at', () => {
  it('leaves the one that was kept as it was', async () => {
    await run(plan);
    program.answer({ show: { ...addition, resource_drift: [] } });
    expect(await run(drift)).toBe(0);
    expect(saved()).toBe(true);
    expect(program.calls().at(-2)).toMatch(/^plan -input=false -json -out=\S+ -refresh-only$/);
    expect(readdirSync(join(folder(), '.terraform')).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('is explained where it cannot be made', async () => {
    program.answer({ finds: [diagnostic('error', 'Unsupported argument')] });
    expect(await run(drift)).toBe(1);
    expect(heard()).toContain('platform: Unsupported argument');
  });

  it('may fail where it is only tried', async () => {
    program.answer({ finds: [diagnostic('error', 'Unsupported argument')] });
    const session = await home.session(program.environment);
    const outcome = await tryPlan(session, readRootModule(home.root, 'platform'), ['-refresh=false']);
    expect(outcome).toMatchObject({ exitCode: 1, diagnostics: [{ summary: 'Unsupported argument' }] });
    expect(program.calls().at(-1)).toContain(' -refresh=false');
  });
});
