import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plan } from './commands/plan-and-apply';
import { readRootModule } from './root-module';
import { objectsIn, readState } from './state/read-state';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

let home: TemporaryHome;
beforeEach(async () => {
  home = temporaryHome();
  home.describe('platform');
  // What takes long here is a provisioner. No description can have one, so nobody may compare the files with one.
  home.write(
    'unchecked.cjs',
    `const { resolve, cache } = require;
    const checks = resolve('@tools/nx-home');
    require(checks);
    cache[checks].exports = { checkStacks: async () => [] };`,
  );
  const command = 'echo $$ > ../../slow; until [ -e ../../go ]; do sleep 0.2; done';
  const slow = { input: '${terraform_data.first.output}', provisioner: [{ 'local-exec': { command } }] };
  const later = { input: '${terraform_data.slow.output}' };
  home.generate('platform', 'slow', { resource: { terraform_data: { first: { input: 1 }, slow, later } } });
  await home.run(plan, ['platform']);
  home.said.splice(0);
});
afterEach(() => {
  writeFileSync(join(home.root, 'go'), '');
  home.remove();
});

const has = (file: string): boolean => existsSync(join(home.root, file));
const lock = '.state/.platform.tfstate.lock.info';

/** Starts an apply, and waits until it makes what takes long. */
async function startApply() {
  const { execa } = await import('execa');
  const typescript = join(__dirname, '../../nx-home/typescript.cjs');
  const command = execa(
    'node',
    ['-r', typescript, '-r', './unchecked.cjs', join(__dirname, 'main.ts'), 'apply', '--yes'],
    {
      cwd: home.root,
      all: true,
      reject: false,
      stdin: 'ignore',
    },
  );
  while (command.exitCode === null && !(has('slow') && has(lock))) await sleep(200);
  await sleep(1_000);
  return { command };
}

async function made(): Promise<string[]> {
  const objects = objectsIn(await readState(await home.session(), readRootModule(home.root, 'platform')));
  return objects.map(({ address }) => address.replace('terraform_data.', '')).sort();
}

const hidden = (): string => join(home.root, 'terraform/platform/.terraform');

/** The logs of applies that nobody has heard to the end. */
const logs = (): string[] => readdirSync(hidden()).filter((name) => name.endsWith('.log'));

function terraformOf([log = '']: readonly string[]): number {
  return Number(log.split('.').at(-2));
}

withTerraform('an interrupt', () => {
  it('reaches Terraform once, however often one Ctrl-C arrives, and Terraform gives back its lock', async () => {
    const { command } = await startApply();
    // The terminal's own, and the one that npm passes on.
    command.kill('SIGINT');
    // At once when the first was heard: later it may meet a process that is about to end, and has given its signals back.
    await once(command.all, 'data');
    command.kill('SIGINT');
    const { exitCode, all } = await command;
    expect(all).toMatch(/Interrupted: Terraform finishes what it has begun and gives back its lock/);
    expect(all).toMatch(
      /platform: was interrupted; what was made until then is in the state\. Run `npm run plan/,
    );
    expect(exitCode).toBe(1);
    expect(has(lock)).toBe(false);
    expect(await made()).toEqual(['first', 'slow']);
    expect(logs()).toEqual([]);
  });
});

withTerraform('a command that is killed', () => {
  it('leaves a Terraform that ends its apply, and the next command waits for it', async () => {
    const { command } = await startApply();
    command.kill('SIGKILL');
    await command;
    const terraform = terraformOf(logs());
    setTimeout(() => writeFileSync(join(home.root, 'go'), ''), 3_000);
    expect(await home.run(plan, ['platform'])).toBe(0);
    const said = home.said.join('\n');
    expect(said).toContain(
      `platform: an apply whose command was killed still runs as process ${terraform}. Waiting for its end`,
    );
    expect(said).toMatch(/slow: terraform_data\.later made/);
    expect(said).toContain('platform: nothing to do');
    expect(await made()).toEqual(['first', 'later', 'slow']);
    expect(logs()).toEqual([]);
  });

  it('is told of by the next command when its Terraform has ended meanwhile', async () => {
    const { command } = await startApply();
    command.kill('SIGKILL');
    await command;
    writeFileSync(join(home.root, 'go'), '');
    while (has(lock)) await sleep(200);
    expect(await home.run(plan, ['platform'])).toBe(0);
    expect(home.said.join('\n')).toMatch(
      /an apply went on after its command was killed, and has ended[^]*slow: terraform_data\.later made/,
    );
    expect(logs()).toEqual([]);
  });
});

withTerraform('a Terraform that is killed', () => {
  it('takes along what it has started', async () => {
    const { command } = await startApply();
    const started = Number(readFileSync(join(home.root, 'slow'), 'utf8'));
    process.kill(terraformOf(logs()), 'SIGKILL');
    const { exitCode } = await command;
    expect(exitCode).toBe(1);
    // Whoever is left with the dead may not have taken notice yet.
    expect(spawnSync('ps', ['-o', 'stat=', '-p', String(started)], { encoding: 'utf8' }).stdout).toMatch(
      /^Z|^$/,
    );
    expect(logs()).toEqual([]);
  });
});
