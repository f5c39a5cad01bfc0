import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { adopt } from './commands/adopt';
import { apply, plan } from './commands/plan-and-apply';
import { state } from './commands/state';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

/** One stack with one resource, applied once for all tests. */
let model: TemporaryHome;
let home: TemporaryHome;
let server: Server;
let stored: string;
let lock: string;
let address: string;
const heard = (): string => home.said.splice(0).join('\n');
const path = (file: string): string => join(home.root, file);
const local = '.state/platform.tfstate';
const read = (file: string): { serial: number; lineage: string; resources: unknown[] } =>
  JSON.parse(readFileSync(path(file), 'utf8'));

const generate = (input: unknown, to = home): void =>
  to.generate('platform', 'base', { resource: { terraform_data: { it: { input } } } });

async function applyPlatform(to: TemporaryHome): Promise<void> {
  await to.run(plan, ['platform']);
  expect(await to.run(apply, ['platform', '--yes'])).toBe(0);
  to.said.splice(0);
}

/** The protocol of https://developer.hashicorp.com/terraform/language/backend/http */
function serveState(): Server {
  return createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (request.method === 'LOCK' && lock !== '') response.writeHead(423).end(lock);
      else if (request.method === 'LOCK') response.end((lock = body));
      else if (request.method === 'UNLOCK') response.end((lock = ''));
      else if (request.method === 'POST') response.end((stored = body));
      else response.writeHead(stored === '' ? 404 : 200).end(stored);
    });
  });
}

const overHttp = (): object => ({
  backend: { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } },
});

withTerraform('state', () => {
  beforeAll(async () => {
    model = temporaryHome();
    model.describe('platform');
    generate('one', model);
    await applyPlatform(model);
  });
  afterAll(() => model.remove());
  beforeEach(async () => {
    [stored, lock] = ['', ''];
    server = serveState();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/platform`;
    home = temporaryHome(model);
  });
  afterEach(() => {
    server.close();
    home.remove();
  });

  it('is moved to another backend with everything in it, and the old place is left to nobody', async () => {
    const before = read(local);
    home.describe('platform', [], { ...overHttp() });
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'platform: the state is not where the generated files say. `npm run state -- move platform` moves it there and verifies it.',
    );
    expect(await home.run(state, ['move'])).toBe(0);
    expect(heard()).toBe(
      `platform: 1 resources arrived, serial ${before.serial + 1}, lineage ${before.lineage}; from now on it lives in ${address}`,
    );
    expect(JSON.parse(stored)).toEqual({ ...before, serial: before.serial + 1 });
    expect(existsSync(path(local))).toBe(false);
    expect(readdirSync(path('.state')).some((name) => name.startsWith('platform.tfstate.moved-'))).toBe(true);
    expect(await home.run(plan, ['platform'])).toBe(0);
    home.describe('platform');
    expect(await home.run(state, ['move', 'platform'])).toBe(0);
    expect(read(local).lineage).toBe(before.lineage);
  });

  it('is not moved over another state', async () => {
    stored = JSON.stringify({ version: 4, serial: 1, lineage: 'another', outputs: {}, resources: [] });
    home.describe('platform', [], { ...overHttp() });
    heard();
    expect(await home.run(state, ['move', 'platform'])).toBe(1);
    expect(heard()).toBe(
      `platform: ${address}: already holds another state. Look whose it is. Nothing was moved.`,
    );
    expect(read(local).resources).toHaveLength(1);
  });

  it('is held by one run at a time, and is unlocked when its holder died', async () => {
    home.describe('platform', [], { ...overHttp() });
    await home.run(state, ['move', 'platform']);
    lock = JSON.stringify({ ID: '6e274bcc-efe8-cd10-da72-7ccb3ed81276', Who: 'somebody@laptop' });
    heard();
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'platform: another run holds the state. Wait for it and run `npm run plan -- platform`. If it died, `npm run state -- unlock platform 6e274bcc-efe8-cd10-da72-7ccb3ed81276`.',
    );
    expect(await home.run(state, ['unlock', 'platform', '6e274bcc-efe8-cd10-da72-7ccb3ed81276'])).toBe(0);
    expect(lock).toBe('');
  });

  it('is copied before and after each apply', async () => {
    const serials = async (): Promise<string[]> => {
      await home.run(state, ['backups', 'platform']);
      return heard()
        .split('\n')
        .map((file) => /serial-\d+/.exec(file)?.[0] ?? '');
    };
    const [first] = await serials();
    generate('two');
    await applyPlatform(home);
    expect(await serials()).toEqual([`serial-${read(local).serial}`, first]);
  });

  it('is put back from a backup, and what was there becomes one', async () => {
    await home.run(state, ['backups', 'platform']);
    const [newest = ''] = heard().split('\n');
    writeFileSync(path(local), 'damaged');
    expect(await home.run(state, ['restore', 'platform', newest])).toBe(0);
    expect(heard()).toContain('See what that means: `npm run plan -- platform`');
    expect(await home.run(plan, ['platform'])).toBe(0);
    await home.run(state, ['backups', 'platform']);
    expect(heard()).toContain('serial-unread');
  });

  it('of before an apply says what lies between, and nothing is planned until that was looked for', async () => {
    home.generate('platform', 'more', { resource: { terraform_data: { more: {} } } });
    await applyPlatform(home);
    await home.run(state, ['backups', 'platform']);
    const [last = '', before = ''] = heard().split('\n');
    expect(await home.run(state, ['restore', 'platform', before])).toBe(0);
    expect(heard()).toBe(
      [
        `platform: an apply lies between, which left ${last}`,
        'platform: terraform_data.more was made since, and the state does not know it any more',
        `platform: the state is ${before} again. Take over what exists before anything is made: \`npm run adopt -- platform\``,
      ].join('\n'),
    );
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'platform: has an older state that was put back, and what was made since would be made a second time. `npm run adopt -- platform` looks for what exists and takes it over.',
    );
    expect(await home.run(adopt, ['platform'])).toBe(0);
    expect(await home.run(plan, ['platform'])).toBe(2);
  });

  it('is mended by the verbs there are, and by no other name', async () => {
    expect(await home.run(state, ['constructor', 'platform'])).toBe(1);
    expect(heard()).toMatch(/^npm run state: needs an action and a stack/);
  });

  it('that could not be stored stops everything until it is recovered', async () => {
    const left = { ...read(local), serial: read(local).serial };
    home.write('terraform/platform/errored.tfstate', JSON.stringify(left));
    expect(await home.run(plan, ['platform'])).toBe(1);
    expect(heard()).toBe(
      'terraform/platform/errored.tfstate: holds what the last run made and could not write to its store. `npm run state -- recover platform` brings it there.',
    );
    expect(await home.run(state, ['recover', 'platform'])).toBe(0);
    expect(read(local).lineage).toBe(left.lineage);
    expect(await home.run(plan, ['platform'])).toBe(0);
    expect(existsSync(path('terraform/platform/errored.tfstate'))).toBe(false);
  });

  it('is checked without being touched', async () => {
    expect(await home.run(state, ['check'])).toBe(0);
    expect(heard()).toBe('platform: the states are safe');
    home.describe('platform', [], {
      backend: { s3: { bucket: 'b', key: 'k', region: 'r', endpoints: { s3: 'http://s3.example.org' } } },
    });
    expect(await home.run(state, ['check', '--json'])).toBe(1);
    expect(JSON.parse(heard())).toEqual([
      {
        where: 'platform: state at s3.example.org',
        what: "holds secrets and must not travel in the clear outside the home's own network",
        remedy: 'Use https (for PostgreSQL sslmode=require) in libs/home/facts.ts',
      },
    ]);
  });
});
