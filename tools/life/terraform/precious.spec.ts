import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { destroy } from './commands/destroy';
import { drift } from './commands/drift';
import { apply, plan } from './commands/plan-and-apply';
import { precious } from './commands/precious';
import { readRootModule } from './root-module';
import { objectsIn, readState } from './state/read-state';
import { type TemporaryHome, hasTerraform, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

/** The platform as each test finds it, applied once for those that need it so. */
let model: TemporaryHome;
let home: TemporaryHome;
const bucket = { input: 'data', triggers_replace: 'name', lifecycle: { prevent_destroy: true } };
const heard = (): string => home.said.splice(0).join('\n');
const generate = (stack: string, workload: string, resources: object): void =>
  home.generate(stack, workload, { resource: { terraform_data: resources } });

async function applied(...stacks: string[]): Promise<void> {
  for (const stack of stacks) {
    await home.run(plan, [stack]);
    expect(await home.run(apply, [stack, '--yes'])).toBe(0);
  }
  heard();
}

async function addresses(stack = 'platform'): Promise<string[]> {
  return objectsIn(await readState(await home.session(), readRootModule(home.root, stack))).map(
    ({ address }) => address,
  );
}

function newHome(): TemporaryHome {
  home = temporaryHome();
  home.describe('platform');
  generate('platform', 'replication', { bucket, key: { input: 'k' } });
  return home;
}

function startApplied(): void {
  home.remove();
  home = temporaryHome(model);
}

beforeAll(async () => {
  model = newHome();
  if (hasTerraform) await applied('platform');
});
beforeEach(() => void newHome());
afterEach(() => home.remove());
afterAll(() => model.remove());

withTerraform('no surprise destroy', () => {
  it('refuses to replace what is marked, until its owner names it', async () => {
    startApplied();
    generate('platform', 'replication', {
      bucket: { ...bucket, triggers_replace: 'other' },
      key: { input: 'k' },
    });
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      "platform/replication: terraform_data.bucket: would be destroyed or replaced, and it is marked as precious. To do it anyway, repeat npm run plan -- platform with --allow-destroy='terraform_data.bucket'.",
    );
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(await home.run(plan, ['platform', '--allow-destroy=terraform_data.bucket'])).toBe(2);
    expect(await home.run(apply, ['platform', '--yes'])).toBe(0);
    expect(heard()).toContain('terraform_data.bucket, because of triggers_replace');
    expect(existsSync(join(home.root, 'terraform/platform/_allow_override.tf.json'))).toBe(false);
  });

  it.each([
    ['plan', plan],
    ['drift', drift],
  ])('is lifted for one plan: %s removes what a killed one left', async (_, command) => {
    startApplied();
    home.write('terraform/platform/_allow_override.tf.json', '{}');
    expect(await home.run(command, ['platform'])).toBe(0);
    expect(existsSync(join(home.root, 'terraform/platform/_allow_override.tf.json'))).toBe(false);
  });

  it('protects what nobody describes any more, by a list that only a command of its own shrinks', async () => {
    startApplied();
    const list = join(home.root, 'terraform/precious.json');
    expect(JSON.parse(readFileSync(list, 'utf8'))).toMatchObject({ platform: ['terraform_data.bucket'] });
    rmSync(join(home.root, 'terraform/platform/replication.tf.json'));

    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toContain(
      "platform: terraform_data.bucket: would be destroyed, and it is marked as precious. To do it anyway, repeat npm run plan -- platform with --allow-destroy='terraform_data.bucket'.",
    );
    expect(await home.run(precious, ['release', 'platform', 'terraform_data.bucket'])).toBe(0);
    expect(await home.run(plan, ['platform'])).toBe(2);
    await home.run(precious, []);
    expect(heard()).not.toContain('platform: terraform_data.bucket\n');
  });

  it('says so when nothing is on the list', async () => {
    expect(await home.run(precious, [])).toBe(0);
    expect(heard()).toBe('Nothing is on the list; `npm run apply` adds the precious things that it makes.');
  });

  it('plans nothing while the list is damaged', async () => {
    home.write('terraform/precious.json', '{"platform": "all"}');
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toContain('terraform/precious.json: must be JSON: {"stack": ["address", …]}.');
  });

  it('says whose the resources were that a plan removes', async () => {
    startApplied();
    const { execaSync } = await import('execa');
    const git = (...args: string[]) =>
      execaSync('git', ['-C', home.root, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args]);
    git('add', '.');
    git('commit', '--quiet', '-m', 'all');
    generate('platform', 'replication', { bucket });
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(heard()).toBe('platform: 1 to destroy\n\n  replication\n    - terraform_data.key\n');
  });
});

withTerraform('destroy', () => {
  it('wants to be told what to destroy', async () => {
    expect(await home.run(destroy, [])).toBe(1);
    expect(heard()).toMatch(/^npm run destroy: needs either the names of stacks or --all/);
  });

  it('destroys everything but what is precious, and what that was made from', async () => {
    generate('platform', 'replication', {
      seed: { input: 'seed' },
      bucket: { ...bucket, input: '${terraform_data.seed.output}' },
      key: { input: '${terraform_data.bucket.output}' },
    });
    await applied('platform');
    expect(await home.run(destroy, ['platform', '--yes'])).toBe(0);
    expect(await addresses()).toEqual(['terraform_data.bucket', 'terraform_data.seed']);
    expect(heard()).toContain('platform: terraform_data.bucket stays: it is marked as precious');
    expect(await home.run(destroy, ['--all', '--yes', '--allow-destroy=terraform_data.bucket'])).toBe(0);
    expect(await addresses()).toEqual([]);
  });

  it('keeps a stack that a later one needs, and destroys all in the opposite order', async () => {
    home.describe('workloads', ['platform']);
    generate('workloads', 'app', { app: { input: 'app' } });
    await applied('platform', 'workloads');
    expect(await home.run(destroy, ['platform', '--yes'])).toBe(1);
    expect(heard()).toBe(
      'platform: is needed by workloads, which still holds 1 objects. Run `npm run destroy -- workloads` first, or `npm run destroy -- --all`.',
    );
    expect(await home.run(destroy, ['--all', '--yes'])).toBe(0);
    const said = heard();
    expect(said.indexOf('workloads: destroyed')).toBeLessThan(said.indexOf('platform: destroyed'));
    expect(await addresses('workloads')).toEqual([]);
  });

  it('destroys a stack whose folder was deleted from what was generated, and then removes that', async () => {
    startApplied();
    rmSync(join(home.root, 'apps/platform'), { recursive: true });
    expect(await home.run(plan, [])).toBe(0);
    expect(heard()).toMatch(/^platform: is no longer described, and what it made is still there/);
    expect(await home.run(destroy, ['platform', '--yes', '--allow-destroy=terraform_data.bucket'])).toBe(0);
    expect(existsSync(join(home.root, 'terraform/platform'))).toBe(false);
  });
});
