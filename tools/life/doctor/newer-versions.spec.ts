import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { imageTags, newest } from './newer-versions';

/** A registry that wants a token and gives two pages, as the big ones do. */
function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, `http://${headers.host}`);
  const reply = (status: number, body: unknown, more: Record<string, string> = {}): void => {
    response.writeHead(status, more).end(JSON.stringify(body));
  };
  if (pathname === '/token') {
    const isAsked = searchParams.get('scope') === 'repository:someone/app:pull';
    return reply(isAsked ? 200 : 400, { token: 'anybody' });
  }
  if (headers.authorization !== 'Bearer anybody') {
    const realm = `Bearer realm="http://${headers.host}/token",service="registry",scope="repository:someone/app:pull"`;
    return reply(401, {}, { 'www-authenticate': realm });
  }
  if (pathname !== '/v2/someone/app/tags/list') return reply(404, {});
  if (searchParams.get('last') !== null) return reply(200, { tags: ['1.1.0'] });
  reply(200, { tags: ['1.0.0'] }, { link: '</v2/someone/app/tags/list?last=1.0.0>; rel="next"' });
}

let server: Server;
let host: string;

beforeAll((done) => {
  server = createServer(answer).listen(0, '127.0.0.1', () => {
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
afterAll((done) => void server.close(done));

test('all pages are read, with a token that anybody gets', async () => {
  expect(await imageTags(`${host}/someone/app`, 'http')).toEqual(['1.0.0', '1.1.0']);
});

test('a registry tells that a repository does not exist', async () => {
  await expect(imageTags(`${host}/someone/else`, 'http')).rejects.toThrow(`${host} answers 404`);
});

test('a registry that is away is named', async () => {
  await expect(imageTags('127.0.0.1:1/someone/app', 'http')).rejects.toThrow('127.0.0.1:1 does not answer');
});

test.each([
  ['numbers are compared as numbers', '0.9.0', ['0.10.0', '0.8.9'], '0.10.0'],
  ['nothing newer is nothing', '1.2.3', ['1.2.3', '1.2.2', 'latest'], undefined],
  ['a shorter tag floats', '1.9.0', ['2', '2.0'], undefined],
  ['a release candidate is no release', '1.9.0', ['2.0.0-rc1'], undefined],
  ['a variant stays what it is', '3.4.4-alpine', ['3.5.0', '3.4.5-alpine'], '3.4.5-alpine'],
  ['a prefix stays what it is', 'v3.4.4', ['3.5.0', 'v3.4.5'], 'v3.4.5'],
  [
    'the hash of a commit is another in each',
    '2024.10.22-7ca5933',
    ['2025.7.18-a0bc346'],
    '2025.7.18-a0bc346',
  ],
  ['a tag without a number is never old', 'stable', ['1.0.0'], undefined],
])('%s', (_, present, others, expected) => {
  expect(newest(present, others)).toBe(expected);
});

test('the newest is the same in whatever order the versions come', () => {
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((numbers) => numbers.join('.'));
  fc.assert(
    fc.property(version, fc.array(version), (present, others) => {
      const found = newest(present, others);
      expect(newest(present, others.toReversed())).toBe(found);
      expect(found === undefined ? undefined : newest(found, others)).toBeUndefined();
    }),
  );
});
