import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ScriptedTerraform, planOf, scriptedTerraform } from '../scripted-terraform';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { destroy } from './destroy';

jest.setTimeout(60_000);

let home: TemporaryHome;
let program: ScriptedTerraform;
const heard = (): string => home.said.splice(0).join('\n');
const run = (...args: string[]) => home.run(destroy, args, program.environment);

/** What was asked to go, by the calls of `terraform plan`, each with what it was called with besides. */
const targets = (): string[][] =>
  program
    .calls()
    .filter((call) => call.startsWith('plan') && call.includes(' -destroy '))
    .map((call) => [...call.matchAll(/-target=(\S+)/g)].map(([, address = '']) => address));

interface Held {
  readonly type?: string;
  readonly needs?: readonly string[];
  readonly count?: number;
}

/** Writes the state of a stack: `data` holds data by its type, anything else is anything. */
function hold(stack: string, objects: Readonly<Record<string, Held>>): void {
  const resources = Object.entries(objects).map(([name, { type = 'terraform_data', needs = [], count }]) => ({
    mode: 'managed',
    type,
    name,
    instances: Array.from({ length: count ?? 1 }, (_, index) => ({
      ...(count === undefined ? {} : { index_key: index }),
      attributes: {},
      dependencies: needs,
    })),
  }));
  home.write(`.state/${stack}.tfstate`, JSON.stringify({ version: 4, serial: 1, lineage: 'l', resources }));
}

const bucket = 'minio_s3_bucket';
const removal = planOf('terraform_data.plain', 'delete');

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  program = scriptedTerraform(home);
  program.answer({ show: removal });
});
afterEach(() => home.remove());

it('asks Terraform for everything but what is precious, and what that was made from', async () => {
  hold('platform', {
    plain: {},
    seed: { needs: ['terraform_data.root'] },
    root: {},
    bucket: { type: bucket, needs: ['terraform_data.seed'] },
    user: { needs: [`${bucket}.bucket`] },
  });
  expect(await run('platform', '--yes')).toBe(0);
  expect(targets()).toEqual([['terraform_data.plain', 'terraform_data.user']]);
  expect(heard().split('\n')).toEqual(
    expect.arrayContaining([
      `platform: ${bucket}.bucket stays: it holds the only copy of data`,
      `platform: terraform_data.seed stays: it is needed by ${bucket}.bucket`,
      'platform: terraform_data.root stays: it is needed by terraform_data.seed',
      'platform: destroyed',
    ]),
  );
});

it('lets go of the precious thing that its owner named, and of no other', async () => {
  hold('platform', { one: { type: bucket }, two: { type: bucket } });
  program.answer({ show: {} });
  await run('platform', '--yes', `--allow-destroy=${bucket}.one`);
  expect(targets()).toEqual([[`${bucket}.one`]]);
});

it('keeps every instance of what a precious thing was made from', async () => {
  hold('platform', { seed: { count: 2 }, bucket: { type: bucket, needs: ['terraform_data.seed'] } });
  expect(await run('platform', '--yes')).toBe(0);
  expect(targets()).toEqual([]);
  expect(heard()).toContain('platform: nothing to destroy');
});

it('keeps what is marked, though its type is like any other', async () => {
  home.generate('platform', 'base', {
    resource: { terraform_data: { marked: { lifecycle: { prevent_destroy: true } } } },
  });
  home.write('terraform/precious.json', JSON.stringify({ platform: ['terraform_data.listed'] }));
  hold('platform', { marked: {}, listed: {}, plain: {} });
  expect(await run('platform', '--yes')).toBe(0);
  expect(targets()).toEqual([['terraform_data.plain']]);
});

it('destroys nothing when Terraform would take something precious along', async () => {
  hold('platform', { plain: {} });
  program.answer({
    show: { resource_changes: removal.resource_changes?.map((one) => ({ ...one, type: bucket })) },
  });
  expect(await run('platform', '--yes')).toBe(1);
  expect(heard()).toContain(
    "terraform_data.plain: would be destroyed, and it holds the only copy of data. To do it anyway, repeat npm run destroy -- platform with --allow-destroy='terraform_data.plain'.",
  );
  expect(program.calls().some((call) => call.startsWith('apply'))).toBe(false);
});

it('changes nothing without an answer', async () => {
  hold('platform', { plain: {} });
  expect(await run('platform')).toBe(1);
  expect(heard()).toContain('asks a question, but there is no terminal to answer it at');
  expect(program.calls().some((call) => call.startsWith('apply'))).toBe(false);
});

it.each([[], ['platform', '--all']])('wants the names of stacks or --all: %j', async (...args) => {
  expect(await run(...args)).toBe(1);
  expect(heard()).toMatch(/^npm run destroy: needs either the names of stacks or --all\. Usage: /);
});

it('goes no further where a state waits to be recovered', async () => {
  hold('platform', { plain: {} });
  home.write('terraform/platform/errored.tfstate', '{}');
  expect(await run('platform', '--yes')).toBe(1);
  expect(heard()).toContain('terraform/platform/errored.tfstate: holds what the last run made');
  expect(targets()).toEqual([]);
});

describe('with a later stack', () => {
  beforeEach(() => {
    home.describe('workloads', ['platform']);
    hold('platform', { plain: {} });
  });

  it('keeps what that one stands on, until it is gone itself', async () => {
    hold('workloads', { app: {}, bucket: { type: bucket } });
    expect(await run('platform', '--yes')).toBe(1);
    expect(heard()).toBe(
      'platform: is needed by workloads, which still holds 1 objects. Run `npm run destroy -- workloads` first, or `npm run destroy -- --all`.',
    );
    expect(targets()).toEqual([]);
    hold('workloads', { bucket: { type: bucket } });
    expect(await run('platform', '--yes')).toBe(0);
    expect(targets()).toEqual([['terraform_data.plain']]);
  });

  it('destroys that one first when all shall go, and stops where one is not destroyed', async () => {
    hold('workloads', { app: {} });
    expect(await run('--all', '--yes')).toBe(0);
    expect(targets()).toEqual([['terraform_data.app'], ['terraform_data.plain']]);
    expect(await run('--all')).toBe(1);
    expect(targets()).toEqual([['terraform_data.app']]);
  });
});

describe('a stack that nobody describes any more', () => {
  beforeEach(() => {
    home.generate('gone', 'stack', {
      terraform: { backend: { local: { path: '../../.state/gone.tfstate' } } },
    });
    home.generate('gone', 'app', {});
  });

  it('takes its generated files along once its state is empty', async () => {
    hold('gone', {});
    home.write('terraform/gone/.terraform.lock.hcl', '');
    expect(await run('gone', '--yes')).toBe(0);
    expect(heard()).toContain('gone: terraform/gone is gone; commit that');
    expect(existsSync(join(home.root, 'terraform/gone'))).toBe(false);
  });

  it('keeps them while its state holds anything', async () => {
    hold('gone', { bucket: { type: bucket } });
    expect(await run('gone', '--yes')).toBe(0);
    expect(heard()).toContain('gone: terraform/gone stays, since its state still holds 1 objects');
    expect(existsSync(join(home.root, 'terraform/gone/app.tf.json'))).toBe(true);
  });

  it('keeps what somebody else put there', async () => {
    hold('gone', {});
    home.write('terraform/gone/own.tf.json', '{}');
    home.write('terraform/gone/terraform.tfstate', '{}');
    await run('gone', '--yes');
    for (const file of ['own.tf.json', 'terraform.tfstate']) {
      expect(existsSync(join(home.root, 'terraform/gone', file))).toBe(true);
    }
  });

  it('is the only one whose files go', async () => {
    hold('platform', {});
    await run('platform', '--yes');
    expect(existsSync(join(home.root, 'terraform/platform/stack.tf.json'))).toBe(true);
  });
});
