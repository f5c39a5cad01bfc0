import { raw } from '@home/terraform';
import { complaints, object } from './example-home';
import { requireLogins } from './logins';

const https = { kind: 'acme', email: 'a@b.c', provider: 'cloudflare', credentials: ['KEY'] } as const;
const logins = { kind: 'password', users: ['anna'] } as const;
const check = (annotations?: unknown, facts: Parameters<typeof requireLogins>[0] = { https, logins }) =>
  complaints(
    requireLogins(facts),
    object('ingress', 'diary', {
      metadata: { name: 'diary', namespace: 'apps', annotations },
      spec: { rule: [{ host: 'diary.example.org' }] },
    }),
  );
const middlewares = 'traefik.ingress.kubernetes.io/router.middlewares';
const isPublic = 'homeserver.lknuth.dev/public';

it.each([
  ['asks for the login', { [middlewares]: 'login@file' }],
  ['asks for the login among others', { [middlewares]: 'apps-strip@kubernetescrd, login@file' }],
  ['says that it is public', { [isPublic]: 'true' }],
  ['may do so, by what only Terraform knows', { [middlewares]: raw('var.middlewares') }],
  ['may do so by annotations that only Terraform knows', raw('var.annotations')],
])('accepts a public host that %s', (_, annotations) => {
  expect(check(annotations)).toEqual([]);
});

it.each([
  ['says nothing', undefined],
  ['is asked for something else', { [middlewares]: 'apps-login@kubernetescrd' }],
  ['is public by a word that is not true', { [isPublic]: 'no' }],
])('refuses a public host that %s', (_, annotations) => {
  expect(check(annotations)).toEqual([
    'apps/workloads/app: kubernetes_ingress_v1.diary: host "diary.example.org" must ask for a login or say that it is ' +
      'public, since the world knows the domain. Write login: true or public: true; in an Ingress of its own the ' +
      `annotation "${isPublic}" or "${middlewares}".`,
  ]);
});

it('refuses a login that the home does not have, since nobody would get in', () => {
  const asked = { [middlewares]: 'login@file' };
  const complaint =
    'apps/workloads/app: kubernetes_ingress_v1.diary: host "diary.example.org" must ask for a login that there is, but ' +
    "there is none. Write logins: { kind: 'password', users: [ … ] } in libs/home/facts.ts, or take the middleware out.";
  expect(check(asked, { https })).toEqual([complaint]);
  expect(check(asked, {})).toEqual([complaint]);
});

it('asks nothing of a home that the world does not know', () => {
  expect(check(undefined, {})).toEqual([]);
  expect(check(undefined, { https: { kind: 'authority' } })).toEqual([]);
});
