import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from './commands/init';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

const lockFile = 'terraform/platform/.terraform.lock.hcl';
const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;

let home: TemporaryHome;
const run = (environment: Readonly<Record<string, string>>, ...args: string[]): Promise<number> =>
  home.run(init, ['platform', ...args], {
    TF_CLI_CONFIG_FILE: join(home.root, 'terraformrc'),
    ...environment,
  });
const packageOf = (name: string, version = '1.0.0'): string =>
  `mirror/example.org/home/${name}/${version}/${platform}/terraform-provider-${name}_v${version}`;
const wants = (versions: Readonly<Record<string, string>>): void =>
  home.describe('platform', [], {
    required_providers: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [
        name,
        { source: `example.org/home/${name}`, version },
      ]),
    ),
  });
const ci = { CI: 'true' };
const stale =
  'platform: its .terraform.lock.hcl does not match the providers and versions in the generated files. Run `npm run init -- platform --upgrade`, read what changes in it, and commit it.';
const heard = (): string => home.said.splice(0).join('\n');

beforeEach(() => {
  home = temporaryHome();
  const mirror = `filesystem_mirror {\n path = "${join(home.root, 'mirror')}"\n}`;
  home.write('terraformrc', `provider_installation {\n${mirror}\n}\n`);
  for (const file of [packageOf('one'), packageOf('one', '1.0.1'), packageOf('two')]) home.write(file, file);
  wants({ one: '1.0.0' });
});
afterEach(() => home.remove());

withTerraform('the lock file', () => {
  it('is written by the first init, and in CI nothing is installed that it does not hold', async () => {
    expect(await run(ci)).toBe(0);
    const written = readFileSync(join(home.root, lockFile), 'utf8');
    wants({ one: '1.0.0', two: '1.0.0' });
    heard();
    expect(await run(ci)).toBe(1);
    expect(heard()).toBe(stale);
    expect(readFileSync(join(home.root, lockFile), 'utf8')).toBe(written);

    expect(await run({})).toBe(0);
    expect(readFileSync(join(home.root, lockFile), 'utf8')).toContain('example.org/home/two');
    expect(await run(ci)).toBe(0);
  });

  it('changes its versions with --upgrade alone', async () => {
    await run({});
    wants({ one: '1.0.1' });
    heard();
    expect(await run({})).toBe(1);
    expect(heard()).toBe(stale);
    expect(await run({}, '--upgrade')).toBe(0);
    expect(readFileSync(join(home.root, lockFile), 'utf8')).toContain('1.0.1');
  });

  it('keeps out a package that is not the one of its checksum', async () => {
    await run({});
    appendFileSync(join(home.root, packageOf('one')), 'and more');
    heard();
    expect(await run({})).toBe(1);
    expect(heard()).toContain(
      'the package of example.org/home/one v1.0.0 matches no checksum in .terraform.lock.hcl. If the lock file was made for other platforms',
    );
    expect(existsSync(join(home.root, 'terraform/platform/.terraform/home.init.json'))).toBe(false);
  });
});
