import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Server, createServer } from 'node:tls';
import { home } from '@home/home';
import { selfSigned } from '@home/testing';
import { lookAtNames } from './certificate-of-names';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function serve(name: string): Promise<number> {
  const server = createServer(selfSigned(name)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const acme = { kind: 'acme', email: 'a@b.c', provider: 'cloudflare', credentials: ['KEY'] } as const;
const look = async (https: Parameters<typeof lookAtNames>[0], name: string) =>
  (await lookAtNames(https, '127.0.0.1', await serve(name)))[0];

it('tells when a certificate of the home’s own authority ends soon', async () => {
  expect(await look({ kind: 'authority' }, `ready.${home.domain}`)).toMatchObject({
    state: 'due',
    detail: expect.stringMatching(/^is valid for [01] days$/),
  });
});

it.each<[string, Parameters<typeof lookAtNames>[0], string]>([
  ['one of other names', { kind: 'authority' }, 'traefik.default'],
  ['one that nobody vouches for, where the world should', acme, `ready.${home.domain}`],
])('takes %s for broken', async (_, https, name) => {
  expect(await look(https, name)).toMatchObject({
    state: 'broken',
    detail: `is not the one that browsers trust, but that of CN=${name}`,
  });
});

it('does not guess where nobody answers', async () => {
  expect(await lookAtNames(acme, '127.0.0.1', 1)).toMatchObject([{ state: 'unseen' }]);
});
