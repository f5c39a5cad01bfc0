import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from './commands/output';
import { apply, plan } from './commands/plan-and-apply';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

let home: TemporaryHome;
const data = (resources: object): Record<string, unknown> => ({ resource: { terraform_data: resources } });
const path = (file: string): string => join(home.root, file);
const statePath = '.state/platform.tfstate';
const planPath = 'terraform/platform/.terraform/home.tfplan';
const mode = (file: string): number => statSync(path(file)).mode & 0o777;

/** What the next commands say, and nothing that was said before. */
const heard = (): string => home.said.splice(0).join('\n');

beforeEach(() => {
  home = temporaryHome();
  home.describe('platform');
  home.generate('platform', 'greeting', data({ hello: { input: 'hello' } }));
});
afterEach(() => home.remove());

withTerraform('plan and apply', () => {
  it('shows what will be made by workload, keeps the plan for its owner alone, and applies just it', async () => {
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(heard()).toBe('platform: 1 to add\n\n  greeting\n    + terraform_data.hello\n');
    expect(mode(planPath)).toBe(0o600);

    expect(await home.run(apply, ['platform', '--yes'])).toBe(0);
    expect(heard()).toContain('greeting: terraform_data.hello made');
    expect(existsSync(path(planPath))).toBe(false);
    expect(mode(statePath)).toBe(0o600);

    expect(await home.run(plan, ['platform'])).toBe(0);
    expect(heard()).toBe('platform: nothing to do\n');
  });

  it('counts what was a deleted workload’s to it, in the plan and while it is destroyed', async () => {
    home.generate('platform', 'other', data({ stays: {} }));
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(await home.run(apply, ['platform', '--yes'])).toBe(0);
    const git = (...given: string[]) => execFileSync('git', ['-C', home.root, ...given]);
    git('add', '--all');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=A home');
    rmSync(path('terraform/platform/greeting.tf.json'));
    heard();
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(heard()).toContain('\n  greeting\n    - terraform_data.hello');
    expect(await home.run(apply, ['platform', '--yes'])).toBe(0);
    expect(heard()).toContain('greeting: terraform_data.hello destroyed');
  });

  it('tells what changes and what is replaced because of which argument', async () => {
    home.generate(
      'platform',
      'greeting',
      data({ hello: { input: 'a', triggers_replace: '1' }, bye: { input: ['x'] } }),
    );
    await home.run(plan, ['platform']);
    await home.run(apply, ['platform', '--yes']);
    heard();
    home.generate(
      'platform',
      'greeting',
      data({ hello: { input: 'a', triggers_replace: '2' }, bye: { input: ['x', 'y'] } }),
    );
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(heard()).toBe(`platform: 1 to change, 1 to replace

  greeting
    ~ terraform_data.bye
        input: ["x"] → ["x","y"]
    ± terraform_data.hello, because of triggers_replace
        triggers_replace: "1" → "2"
`);
  });

  it('gives machines the same as JSON', async () => {
    await home.run(plan, ['platform', '--json']);
    expect(JSON.parse(heard())).toMatchObject({
      stack: 'platform',
      changes: [{ address: 'terraform_data.hello', workload: 'greeting', action: 'add' }],
    });
  });

  it('refuses a plan that is older than the generated files', async () => {
    await home.run(plan, ['platform']);
    home.generate('platform', 'greeting', data({ hello: { input: 'changed' } }));
    heard();
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(heard()).toBe(
      'platform: has a saved plan that is older than its generated files. Make one first: `npm run plan -- platform`.',
    );
  });

  it('refuses a plan that is older than the state', async () => {
    await home.run(plan, ['platform']);
    const [kept, record] = [readFileSync(path(planPath)), readFileSync(path(`${planPath}.json`))];
    await home.run(apply, ['platform', '--yes']);
    writeFileSync(path(planPath), kept, { mode: 0o600 });
    writeFileSync(path(`${planPath}.json`), record);
    heard();
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(heard()).toContain(
      'platform: the state was changed after the plan was made. Make a new one: `npm run plan -- platform`.',
    );
  });

  it('refuses a plan that it did not make', async () => {
    await home.run(plan, ['platform']);
    writeFileSync(path(planPath), 'another plan');
    heard();
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(heard()).toMatch(/^platform: has a saved plan that `npm run plan` did not make/);
  });

  it('asks before it applies, and takes --yes where nobody can answer', async () => {
    await home.run(plan, ['platform']);
    heard();
    expect(await home.run(apply, ['platform'])).toBe(1);
    expect(heard()).toContain(
      'platform: asks a question, but there is no terminal to answer it at. Run it with --yes to agree beforehand; nothing was changed.',
    );
    expect(existsSync(path(statePath))).toBe(false);
  });

  it('copies the state that each apply found and left, once each', async () => {
    for (const input of ['one', 'two', 'three']) {
      home.generate('platform', 'greeting', data({ hello: { input } }));
      await home.run(plan, ['platform']);
      await home.run(apply, ['platform', '--yes']);
    }
    const backups = readdirSync(path('.state/backups'));
    expect(backups).toHaveLength(3);
    expect(mode(`.state/backups/${backups[0]}`)).toBe(0o600);
  });

  it('hides sensitive outputs unless they are asked for by name', async () => {
    home.generate('platform', 'greeting', {
      output: { token: { value: 'very secret', sensitive: true }, address: { value: 'http://a' } },
    });
    await home.run(plan, ['platform']);
    await home.run(apply, ['platform', '--yes']);
    expect(heard()).not.toContain('very secret');
    await home.run(output, ['platform']);
    expect(heard()).toBe('address: "http://a"\ntoken: (sensitive)');
    await home.run(output, ['platform', 'token']);
    expect(heard()).toBe('very secret');
  });
});

withTerraform('bad input', () => {
  it('names the stacks when there is no such stack', async () => {
    expect(await home.run(plan, ['nowhere'])).toBe(1);
    expect(heard()).toBe('nowhere: must be the name of a stack. The stacks are platform.');
  });

  it('says in one line that a predecessor was never applied', async () => {
    home.describe('workloads', ['platform']);
    home.generate('workloads', 'app', data({ app: { input: 1 } }));
    expect(await home.run(plan, ['workloads'])).toBe(1);
    expect(heard()).toBe(
      'workloads: comes after platform, which was never applied. `npm run deploy` applies all stacks in their order.',
    );
    expect(await home.run(plan, [])).toBe(2);
    expect(heard()).toContain('workloads: comes after platform, which was never applied.');
  });

  it('says which variable is missing', async () => {
    home.generate('platform', 'secret', {
      variable: { home_root_secret: { type: 'string', ephemeral: true } },
    });
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'platform: needs TF_VAR_home_root_secret in the environment. Load the .env of this home; a new home makes one with `npm run secrets -- new`.',
    );
    home.write('.env', 'TF_VAR_home_root_secret=abc\n');
    expect(await home.run(plan, ['platform'])).toBe(2);
    expect(heard()).not.toContain('abc');
  });

  it('keeps a damaged state as it is', async () => {
    home.write(statePath, '{"version": 4, "ser');
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'platform: the state is damaged, or is not a state at all; nothing was changed. `npm run state -- backups platform` lists the backups, `npm run state -- restore platform FILE` puts one back.',
    );
    expect(readFileSync(path(statePath), 'utf8')).toBe('{"version": 4, "ser');
  });

  it('refuses a state that others can read, and one that git would take', async () => {
    await home.run(plan, ['platform']);
    await home.run(apply, ['platform', '--yes']);
    home.generate('platform', 'greeting', data({ hello: { input: 'again' } }));
    await home.run(plan, ['platform']);
    chmodSync(path(statePath), 0o644);
    home.write('.gitignore', '');
    heard();
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(heard().split('\n')).toEqual([
      '.state/platform.tfstate: holds secrets and must be ignored by git. Add it to .gitignore.',
      '.state/platform.tfstate: holds secrets and must be readable by its owner alone. Run `chmod 600 .state/platform.tfstate`, and rotate what others may have read.',
    ]);
  });

  it('says which workload and address a mistake of Terraform is about', async () => {
    const lifecycle = {
      precondition: [{ condition: '${terraform_data.hello.output == "x"}', error_message: 'Not x.' }],
    };
    home.generate('platform', 'picky', data({ picky: { input: 1, lifecycle } }));
    await home.run(plan, ['platform']);
    heard();
    expect(await home.run(apply, ['platform', '--yes'])).toBe(1);
    expect(heard()).toContain('platform/picky: terraform_data.picky: Resource precondition failed: Not x. ');
  });

  it('says that the store of the state does not answer', async () => {
    const address = 'http://127.0.0.1:9/platform';
    home.describe('platform', [], {
      backend: { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } },
    });
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      "platform: the state's store (http://127.0.0.1:9/platform) does not answer (dial tcp 127.0.0.1:9: connect: connection refused). Nothing was changed. Make it reachable and run `npm run init -- platform`.",
    );
  });
});
