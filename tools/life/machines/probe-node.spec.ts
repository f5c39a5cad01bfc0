import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { probeAddress } from './probe-node';

// Made for this test alone; nothing trusts it.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJJ7ep2J4hFLfZPge
OQXmxPwzqH/TeGpTj/faYAs2FC2hRANCAAQikxI5tLw+u18yuNiaFMZ1ihT3xoz8
CfS47FofKoM3nRmj8qA5QbGiY64KaPuxTe9rWlSBqIVrhH1rhzi9qorv
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIUH3MZO/2Jx1DD39BV2XHJ5sPtvBcwCgYIKoZIzj0EAwIw
EDEOMAwGA1UECgwFdGFsb3MwIBcNMjYxMTIzMDE0MDM0WhgPMjEyNjEwMzAwMTQw
MzRaMBAxDjAMBgNVBAoMBXRhbG9zMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
IpMSObS8PrtfMrjYmhTGdYoU98aM/An0uOxaHyqDN50Zo/KgOUGxomOuCmj7sU3v
a1pUgaiFa4R9a4c4vaqK76NTMFEwHQYDVR0OBBYEFPyq05pYMvhKvaAUJaqSvJbi
1WHrMB8GA1UdIwQYMBaAFPyq05pYMvhKvaAUJaqSvJbi1WHrMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgNimRVMlTfI8Dysum8rZlwDbQ4EOY+drc
vxgYK5Sv/hQCIQDP4vrDT57u749a2dcWd9w/s8v/1qsGi5c+McVlyfBpew==
-----END CERTIFICATE-----`;

async function listening(server: Http2SecureServer | ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it.each([
  ['blank', false],
  ['configured', true],
] as const)('takes a machine for %s when it demands a client certificate: %s', async (state, requestCert) => {
  const server = createSecureServer({ key, cert, requestCert, rejectUnauthorized: requestCert });
  const port = await listening(server);
  expect(await probeAddress('127.0.0.1', port)).toBe(state);
  server.close();
});

it('waits longer for what a machine says than for a machine that is not there', async () => {
  const blank = createSecureServer({ key, cert });
  const busy = createServer((socket) => setTimeout(() => blank.emit('connection', socket), 1_500));
  const port = await listening(busy);
  expect(await probeAddress('127.0.0.1', port, { accept: 1_000, answer: 30_000 })).toBe('blank');
  busy.close();
});

it('takes a machine for away when nobody listens, and when nobody answers', async () => {
  const silent = createServer();
  const port = await listening(silent);
  expect(await probeAddress('127.0.0.1', port, { accept: 5_000, answer: 200 })).toBe('away');
  silent.close();
  expect(await probeAddress('127.0.0.1', port)).toBe('away');
});
