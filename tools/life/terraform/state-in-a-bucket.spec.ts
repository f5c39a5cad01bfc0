import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backendFor } from '@home/home';
import { isInstalled, pathOf, systemProgram, versitygw } from '@life/programs';
import { apply, plan } from './commands/plan-and-apply';
import { state } from './commands/state';
import { type TemporaryHome, hasTerraform, temporaryHome } from './temporary-home';

jest.setTimeout(120_000);

const program = isInstalled(versitygw) ? pathOf(versitygw) : systemProgram('versitygw');
const withStore = hasTerraform && program !== undefined;
if (!withStore) {
  console.warn(
    'SKIPPED: states in a bucket need terraform, and versitygw, which `npm run prove:data` builds',
  );
}

/** A real S3 server, spoken to by a backend such as libs/home chooses for a store of one's own. */
(withStore ? describe : describe.skip)('a state in a bucket', () => {
  let home: TemporaryHome;
  let server: ChildProcess;
  let keys: Record<string, string>;

  beforeEach(async () => {
    home = temporaryHome();
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const credentials = { user: 'rehearsal', password: 'rehearsal-password' };
    keys = { AWS_ACCESS_KEY_ID: credentials.user, AWS_SECRET_ACCESS_KEY: credentials.password };
    // To it a folder is a bucket.
    mkdirSync(join(home.root, 'store', 'states'), { recursive: true });
    server = spawn(
      program ?? '',
      [
        ...['--port', new URL(endpoint).host, '--health', '/health', '--quiet'],
        ...['posix', join(home.root, 'store')],
      ],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: home.root,
          ROOT_ACCESS_KEY_ID: credentials.user,
          ROOT_SECRET_ACCESS_KEY: credentials.password,
        },
        stdio: 'ignore',
      },
    );
    await untilHolds('the store answers', () => answers(`${endpoint}/health`));
    home.describe('platform');
    home.generate('platform', 'base', { resource: { terraform_data: { it: { input: 'one' } } } });
    await home.run(plan, ['platform']);
    expect(await home.run(apply, ['platform', '--yes'])).toBe(0);
    const choice = { kind: 's3', bucket: 'states', region: 'us-east-1', endpoint, pathStyle: true } as const;
    const { type: _, ...settings } = backendFor(choice, 'home', 'platform');
    home.describe('platform', [], { backend: { s3: settings } });
    home.said.splice(0);
  });
  afterEach(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    home.remove();
  });

  it('is moved there, is whole there, and is planned and applied there', async () => {
    expect(await home.run(state, ['move'], keys)).toBe(0);
    expect(home.said.join('\n')).toMatch(/1 resources arrived/);
    expect(await home.run(plan, ['platform'], keys)).toBe(0);
    home.generate('platform', 'base', { resource: { terraform_data: { it: { input: 'two' } } } });
    expect(await home.run(plan, ['platform'], keys)).toBe(2);
    expect(await home.run(apply, ['platform', '--yes'], keys)).toBe(0);
  });

  it('is held by one run at a time', async () => {
    await home.run(state, ['move'], keys);
    const began = join(home.root, 'began');
    const mayEnd = join(home.root, 'may-end');
    const command = `touch '${began}'; until [ -e '${mayEnd}' ]; do sleep 0.1; done`;
    home.generate('platform', 'base', {
      resource: {
        terraform_data: { it: { input: 'one' }, slow: { provisioner: [{ 'local-exec': { command } }] } },
      },
    });
    expect(await home.run(plan, ['platform'], keys)).toBe(2);
    const first = home.run(apply, ['platform', '--yes'], keys);
    try {
      await untilHolds('the first run applies', () => existsSync(began));
      home.said.splice(0);
      expect(await home.run(plan, ['platform'], keys)).toBe(1);
      expect(home.said.join('\n')).toMatch(/another run holds the state/);
    } finally {
      writeFileSync(mayEnd, '');
    }
    expect(await first).toBe(0);
  });

  it('needs its keys, and says so in one line', async () => {
    expect(await home.run(state, ['move'])).toBe(1);
    expect(home.said).toHaveLength(1);
    expect(home.said[0]).toMatch(/AWS_ACCESS_KEY_ID/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

const answers = (address: string): Promise<boolean> =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

async function untilHolds(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error(`30 s passed before this held: ${what}.`);
}
