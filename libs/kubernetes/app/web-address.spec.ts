import { resolve } from '@home/terraform';
import { labelsOf } from './labels';
import { type Access, webAddress } from './web-address';

jest.mock('../../home/read-facts', () => ({
  readFacts: () => jest.requireActual<{ facts: object }>('../../home/examples/two-machines').facts,
}));

const access = 'traefik.ingress.kubernetes.io/router.middlewares';

function ingresses(given: Access, title?: string) {
  const { blocks } = webAddress('books', {
    namespace: 'apps',
    labels: labelsOf('books', 'app'),
    host: 'books',
    port: { number: 80, name: 'web' },
    dashboard: title === undefined ? undefined : { title },
    ...given,
  });
  return blocks
    .filter(({ type }) => type === 'kubernetes_ingress_v1')
    .map(({ body }) => resolve(body) as { metadata: { annotations?: Record<string, string> }; spec: object });
}

const paths = (...of: string[]) => ({
  rule: [
    { host: 'books.loft.example.org', http: { path: of.map((path) => ({ path, path_type: 'Prefix' })) } },
  ],
});

describe('in a home with HTTPS and logins', () => {
  it('asks who is there before an app that wants it', () => {
    const [ingress, ...more] = ingresses({ login: true });
    expect(ingress?.metadata.annotations).toEqual({ [access]: 'login@file' });
    expect(more).toEqual([]);
  });

  it('leaves out of that the paths that are public, and nothing else', () => {
    const [asking, open] = ingresses({ login: true, publicPaths: ['/api/opds', '/s'] });
    expect(asking).toMatchObject({ metadata: { annotations: { [access]: 'login@file' } }, spec: paths('/') });
    expect(open?.metadata.annotations).toEqual({ 'loft.example.org/public': 'true' });
    expect(open).toMatchObject({ metadata: { name: 'books-public' }, spec: paths('/api/opds', '/s') });
  });

  it('says of an app that it is public, for the rule that asks', () => {
    expect(ingresses({ public: true })[0]?.metadata.annotations).toEqual({
      'loft.example.org/public': 'true',
    });
    expect(ingresses({})[0]?.metadata.annotations).toBeUndefined();
  });

  it('leads from the dashboard to https', () => {
    expect(ingresses({ login: true }, 'Books')[0]?.metadata.annotations).toMatchObject({
      'gethomepage.dev/href': 'https://books.loft.example.org',
      [access]: 'login@file',
    });
  });

  it.each<[Access, string]>([
    [{ login: true, public: true }, 'books: login and public must not both be true. Take one out.'],
    [{ publicPaths: ['/s'] }, 'books: publicPaths must come with login: true. Add it, or take them out.'],
  ])('refuses %j', (given, message) => {
    expect(() => ingresses(given)).toThrow(message);
  });
});
