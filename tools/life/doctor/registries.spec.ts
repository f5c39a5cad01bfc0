import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { imageTags } from './registries';

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
