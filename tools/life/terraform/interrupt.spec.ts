import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plan } from './commands/plan-and-apply';
import { readRootModule } from './root-module';
import { objectsIn, readState } from './state/read-state';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

let home: TemporaryHome;
beforeEach(() => {
  home = temporaryHome();
  home.write('tsconfig.json', JSON.stringify({ extends: join(__dirname, '../../../tsconfig.base.json') }));
  home.describe('platform');
  const slow = {
    input: '${terraform_data.first.output}',
    provisioner: [{ 'local-exec': { command: 'sleep 60' } }],
  };
  const later = { input: '${terraform_data.slow.output}' };
  home.generate('platform', 'slow', { resource: { terraform_data: { first: { input: 1 }, slow, later } } });
});
afterEach(() => home.remove());

withTerraform('an interrupt', () => {
  it('reaches Terraform once, however often one Ctrl-C arrives, and Terraform gives back its lock', async () => {
    const { execa } = await import('execa');
    await home.run(plan, ['platform']);
    const command = execa(
      'node',
      ['-r', join(__dirname, '../../nx-home/typescript.cjs'), join(__dirname, 'main.ts'), 'apply', '--yes'],
      {
        cwd: home.root,
        all: true,
        reject: false,
        stdin: 'ignore',
      },
    );
    const state = join(home.root, '.state/platform.tfstate');
    while (!existsSync(state) || !existsSync(join(home.root, '.state/.platform.tfstate.lock.info')))
      await sleep(200);
    await sleep(1_000);
    // The terminal's own, and the one that npm passes on.
    command.kill('SIGINT');
    await sleep(50);
    command.kill('SIGINT');
    const { exitCode, all } = await command;
    expect(all).toMatch(/Interrupted: Terraform finishes what it has begun and gives back its lock/);
    expect(all).toMatch(
      /platform: was interrupted; what was made until then is in the state\. Run `npm run plan/,
    );
    expect(exitCode).toBe(1);
    expect(existsSync(join(home.root, '.state/.platform.tfstate.lock.info'))).toBe(false);
    const objects = objectsIn(await readState(await home.session(), readRootModule(home.root, 'platform')));
    expect(objects.map(({ address }) => address)).toContain('terraform_data.first');
    expect(objects.map(({ address }) => address)).not.toContain('terraform_data.later');
  });
});
