import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { World } from '../stand-in/world';
import { type HomeNetwork, startHomeNetwork } from './home-network';

const world = new World();
let network: HomeNetwork;

// Each question is a process of its own.
jest.setTimeout(30_000);

beforeAll(async () => {
  network = await startHomeNetwork(world, {
    machines: ['192.168.107.3'],
    entry: [{ address: '192.168.107.3', machine: '192.168.107.3' }, { address: 'fd00::3' }],
    secured: 'home.example.org',
    api: '192.168.107.2:6443',
  });
});
afterAll(() => network.close());

/** Runs a line in a process of its own, as the rehearsed commands run. */
async function inHome(script: string, options: string[] = []): Promise<string> {
  const env = { ...process.env, ...network.environment };
  const { stdout } = await promisify(execFile)('node', [...options, '-e', script], { env });
  return stdout.trim();
}

const probeNode = JSON.stringify(resolve('tools/life/machines/probe-node.ts'));
const probe = () =>
  inHome(`require(${probeNode}).probeAddress('192.168.107.3').then(console.log)`, [
    '-r',
    './tools/nx-home/typescript.cjs',
  ]);
const get = (url: string) =>
  inHome(`fetch('${url}').then((r) => r.status, (e) => e.cause.code).then(console.log)`);

it('takes the home’s addresses to the stand-ins, and any other nowhere', async () => {
  expect(await get('http://192.168.107.3/ping')).toBe('UND_ERR_SOCKET');
  expect(await get('http://[fd00::3]/ping')).toBe('UND_ERR_SOCKET');
  expect(await get('http://192.168.107.9/ping')).toBe('ECONNREFUSED');
  world.machines['192.168.107.3'] = { controlPlane: true, member: true, configuration: '' };
  expect(await get('http://192.168.107.3:6443/readyz')).toBe('200');
  expect(await get('http://192.168.107.2:6443/readyz')).toBe('200');
  world.blank('192.168.107.3');
});

it('vouches for the names of the home, and for no others', async () => {
  const ask = (host: string) =>
    inHome(
      `require('https').get('https://192.168.107.3/', { headers: { host: '${host}' }, agent: false }).on('error', (e) => console.log(e.code))`,
    );
  expect(await ask('books.home.example.org')).toBe('ECONNRESET');
  expect(await ask('books.example.org')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

it('lets a machine answer as Talos does: blank to anybody, configured to nobody without a certificate', async () => {
  expect(await probe()).toBe('blank');
  world.machines['192.168.107.3'] = { controlPlane: true, member: true, configuration: '' };
  expect(await probe()).toBe('configured');
});
