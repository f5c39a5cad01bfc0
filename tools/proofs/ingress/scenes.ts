import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeTemporaryFolder } from '@home/files';
import type { Home } from '@home/home';
import { type Issuer, makeAuthority } from '@home/testing';
import { basic } from '../apps/real-app';
import { type Scene, demand } from '../engine';
import type { AcmeServer } from './acme-server';
import { type AskedApp, type Seen, session } from './apps';
import { type Answer, type Question, ask } from './ask';
import type { Host } from './traefik';

/** What the proof has to ask and to compare with. */
export interface IngressStage {
  /** The addresses that the ingress answers at. */
  readonly addresses: readonly string[];
  readonly domain: string;
  readonly https: Home['https'];
  readonly hosts: readonly Host[];
  /** The path that says whether Traefik is ready. */
  readonly ready: string;
  /** Who vouches for the home's own certificate. */
  readonly authority: Issuer;
  /** Who vouches for the world's. */
  readonly acme?: AcmeServer | undefined;
  readonly users: readonly string[];
  readonly passwordOf: (user: string) => string;
  /** The app that logins are forwarded to. */
  readonly asked: AskedApp;
  /** The folder that is Traefik's root. */
  readonly root: string;
  /** Starts Traefik, or starts it anew, with what the folder held before. */
  readonly start: (folder: string, authority: Issuer, acme: AcmeServer | undefined) => Promise<void>;
  readonly startAcme: (port: number, days: number) => AcmeServer;
  /** Takes the pods of all apps away, or brings them back. */
  readonly leave: (isAway: boolean) => void;
  /** What Traefik wrote. */
  readonly said: () => readonly string[];
}

/** Waits until something is so. */
async function until(holds: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  demand(false, otherwise());
}

/** Who has to vouch for what is asked by HTTPS; undefined where apps speak plain HTTP. */
async function vouching({ https, acme, authority }: IngressStage): Promise<string | undefined> {
  return https?.kind === 'acme' ? acme?.root() : https && authority.cert;
}

/** Asks one address of the home as a browser does. */
async function get(
  stage: IngressStage,
  question: Pick<Question, 'host' | 'path' | 'headers'> & { readonly address?: string },
): Promise<Answer> {
  const authority = await vouching(stage);
  return ask({ address: stage.addresses[0] ?? '', authority, ...question });
}

/** Waits for the first certificate: until then Traefik shows one that nobody vouches for. */
export async function untilVouched(stage: IngressStage): Promise<void> {
  const host = stage.hosts[0]?.name ?? '';
  await until(
    async () => (await get(stage, { host })).status > 0,
    () => `no certificate comes: ${stage.said().at(-1) ?? ''}`,
  );
}

const seenBy = ({ text }: Answer): Seen => JSON.parse(text) as Seen;

const apps = ({ hosts }: IngressStage) => hosts.filter(({ hasApp }) => hasApp);
const asking = (stage: IngressStage) => apps(stage).filter(({ login }) => login);

/** What lets somebody in. */
function known({ users: [user], passwordOf }: IngressStage): Readonly<Record<string, string>> {
  return user === undefined ? { cookie: session.cookie } : basic(user, passwordOf(user));
}

async function answersEveryHost(stage: IngressStage): Promise<string> {
  let answers = 0;
  for (const address of stage.addresses) {
    for (const { name, login } of apps(stage)) {
      const headers = login ? known(stage) : {};
      const answer = await get(stage, { address, host: name, path: '/some/where?x=1', headers });
      demand(answer.status === 200, `${name} at ${address} answers ${answer.status}: ${answer.text}`);
      const { host, path } = seenBy(answer);
      demand(host === name && path === '/some/where?x=1', `${name} got to ${host}${path}`);
      answers++;
    }
  }
  return `${answers} answers`;
}

async function answersNoOther(stage: IngressStage): Promise<string> {
  const host = `no-app.${stage.domain}`;
  const { status } = await get(stage, { host });
  demand(status === 404, `${host} answers ${status}`);
  return '404';
}

async function tellsOfAnAbsentApp(stage: IngressStage): Promise<string> {
  const [app] = apps(stage);
  demand(app !== undefined, 'no host has an app');
  const statusOf = async () =>
    (await get(stage, { host: app.name, headers: app.login ? known(stage) : {} })).status;
  stage.leave(true);
  await until(
    async () => (await statusOf()) !== 200,
    () => `${app.name} answers without a pod`,
  );
  const away = await statusOf();
  demand(away === 503, `${app.name} answers ${away} without a pod`);
  stage.leave(false);
  await until(
    async () => (await statusOf()) === 200,
    () => `${app.name} does not come back`,
  );
  return '503, and 200 again';
}

async function redirects(stage: IngressStage): Promise<string> {
  for (const address of stage.addresses) {
    for (const { name } of stage.hosts) {
      const { status, headers } = await ask({ address, host: name, path: '/a/b?c=d' });
      const to = headers['location'];
      demand(status === 301 && to === `https://${name}/a/b?c=d`, `${name}: ${status} to ${String(to)}`);
    }
  }
  return `${stage.hosts.length} hosts`;
}

async function showsRightCertificates(stage: IngressStage): Promise<string> {
  const shown = new Set<string>();
  for (const { name } of stage.hosts) {
    const { certificate = '' } = await get(stage, { host: name });
    shown.add(certificate);
  }
  const [certificate = ''] = shown;
  const { subjectAltName = '' } = new X509Certificate(certificate);
  demand(shown.size === 1, `${shown.size} certificates for ${stage.hosts.length} hosts`);
  demand(subjectAltName.includes(`*.${stage.domain}`), `its names are ${subjectAltName}`);
  const other = `http.${stage.domain}.example.org`;
  const refused = await get(stage, { host: other }).then(
    () => false,
    () => true,
  );
  demand(refused, `it passes for ${other}`);
  return `one for ${stage.hosts.length} hosts, ${subjectAltName}`;
}

async function sendsHsts(stage: IngressStage): Promise<string> {
  const wanted = `max-age=${(stage.https?.hstsDays ?? 0) * 86_400}`;
  const { headers } = await get(stage, { host: apps(stage)[0]?.name ?? '' });
  const said = headers['strict-transport-security'];
  demand(
    stage.https?.hstsDays === undefined ? said === undefined : said === wanted,
    `it says ${String(said)}`,
  );
  return said === undefined ? 'nothing, as the facts say' : wanted;
}

const serialOf = ({ certificate = '' }: Answer): string => new X509Certificate(certificate).serialNumber;

async function ordersOnce(stage: IngressStage): Promise<string> {
  const orders = stage.acme?.orders();
  demand(orders === 1, `${orders} orders for ${stage.hosts.length} hosts`);
  const { mode, uid } = statSync(join(stage.root, 'var/lib/traefik/acme.json'));
  demand((mode & 0o777) === 0o600 && uid === 0, `acme.json has mode ${(mode & 0o777).toString(8)}`);
  return `one order for ${stage.hosts.length} hosts; acme.json has mode 600`;
}

async function restartsWithoutOrder(stage: IngressStage): Promise<string> {
  const host = stage.hosts[0]?.name ?? '';
  const before = serialOf(await get(stage, { host }));
  await stage.start(stage.root, stage.authority, stage.acme);
  await until(
    async () => serialOf(await get(stage, { host })) !== '',
    () => 'it shows no certificate after the restart',
  );
  const after = serialOf(await get(stage, { host }));
  demand(after === before, 'it shows another certificate after the restart');
  const orders = stage.acme?.orders();
  demand(orders === 1, `${orders} orders after the restart`);
  return 'the same certificate, and no order';
}

async function renewsOrdered(stage: IngressStage): Promise<string> {
  // Traefik renews what holds for less than 30 days, at its start and once a day.
  const acme = stage.startAcme(14100, 20);
  const root = makeTemporaryFolder();
  const host = stage.hosts[0]?.name ?? '';
  const other = { ...stage, acme, root };
  const shown = async () => serialOf(await get(other, { host }));
  await stage.start(root, stage.authority, acme);
  await until(
    async () => (await shown()) !== '',
    () => `no certificate: ${stage.said().at(-1) ?? ''}`,
  );
  const before = await shown();
  await stage.start(root, stage.authority, acme);
  await until(
    async () => (await shown()) !== before,
    () => `it is not renewed: ${stage.said().at(-1) ?? ''}`,
  );
  const orders = acme.orders();
  demand(orders === 2, `${orders} orders for a certificate and its renewal`);
  await acme.stop();
  await stage.start(stage.root, stage.authority, stage.acme);
  return 'with 20 days left, by a second order';
}

async function renewsItsOwn(stage: IngressStage): Promise<string> {
  const host = stage.hosts[0]?.name ?? '';
  const before = serialOf(await get(stage, { host }));
  await stage.start(stage.root, stage.authority, undefined);
  const after = serialOf(await get(stage, { host }));
  demand(after !== before, 'it shows the old certificate');
  // The authority's own certificate is another one then, of the same key: devices know the old one.
  await stage.start(stage.root, makeAuthority(stage.authority.subject, stage.authority.key), undefined);
  const last = serialOf(await get(stage, { host }));
  demand(last !== after, 'it shows the old certificate');
  return 'and devices that know the old authority take what the renewed one signed';
}

async function asksWithoutLogin(stage: IngressStage): Promise<string> {
  for (const { name } of asking(stage)) {
    const { status, headers } = await get(stage, { host: name });
    const asked = headers['www-authenticate'] ?? headers['location'];
    demand([401, 302].includes(status) && asked !== undefined, `${name} answers ${status} to nobody`);
  }
  return asking(stage)
    .map(({ name }) => name)
    .join(', ');
}

async function refusesWrongLogins(stage: IngressStage): Promise<string> {
  const [user = 'anna'] = stage.users;
  const wrong = [
    basic(user, 'wrong'),
    basic(user, ''),
    basic('nobody', stage.passwordOf(user)),
    { cookie: 'session=wrong' },
  ];
  for (const { name } of asking(stage)) {
    for (const headers of wrong) {
      const { status } = await get(stage, { host: name, headers });
      demand([401, 302].includes(status), `${name} answers ${status} to ${JSON.stringify(headers)}`);
    }
  }
  return `${wrong.length} wrong ones`;
}

async function letsIn(stage: IngressStage): Promise<string> {
  const people = stage.users.length > 0 ? stage.users : [session.user];
  for (const user of people) {
    const headers = stage.users.length > 0 ? basic(user, stage.passwordOf(user)) : { cookie: session.cookie };
    for (const { name } of asking(stage)) {
      const answer = await get(stage, { host: name, headers });
      demand(answer.status === 200, `${name} answers ${answer.status} to ${user}`);
      const { authorization } = seenBy(answer).headers;
      demand(authorization === undefined, `${name} is told the password of ${user}`);
    }
  }
  return `${people.join(', ')}, and tells no app a password`;
}

async function opensPublicPaths(stage: IngressStage): Promise<string> {
  const open = asking(stage).flatMap(({ name, publicPaths }) =>
    publicPaths.map((path) => [name, path] as const),
  );
  for (const [host, path] of open) {
    for (const below of [path, `${path}/`, `${path}/x/y?z=1`]) {
      const { status } = await get(stage, { host, path: below });
      demand(status === 200, `${host}${below} answers ${status} to nobody`);
    }
    const closed = [
      `${path}x`,
      `${path}/../x`,
      `${path}/%2e%2e/x`,
      `${path}/..%2fx`,
      `/x/..${path}x`,
      `${path.toUpperCase()}`,
    ];
    for (const beside of closed) {
      const { status } = await get(stage, { host, path: beside });
      demand([400, 401].includes(status), `${host}${beside} answers ${status} to nobody`);
    }
  }
  return open.map(([host, path]) => `${host}${path}`).join(', ');
}

async function asksTheApp(stage: IngressStage): Promise<string> {
  const [app] = asking(stage);
  demand(app !== undefined, 'no app asks for a login');
  const host = app.name;
  const forged = { 'remote-user': 'mallory', Remote_User: 'mallory', cookie: session.cookie };
  const { headers } = seenBy(await get(stage, { host, headers: forged }));
  const told = Object.entries(headers).filter(([name]) => /^remote.user$/i.test(name));
  demand(
    JSON.stringify(told) === JSON.stringify([['remote-user', session.user]]),
    `the app is told ${JSON.stringify(told)}`,
  );
  stage.asked.close();
  const { status } = await get(stage, { host, headers: { cookie: session.cookie } });
  demand(status >= 400, `${host} answers ${status} while nobody can be asked`);
  await stage.asked.open();
  return `tells who it is, takes no name from a browser, and lets nobody in (${status}) while it is away`;
}

/** A scene, and the homes that it is of. */
export interface IngressScene extends Scene<IngressStage> {
  readonly fits: (home: Pick<Home, 'https' | 'logins'>) => boolean;
}

type Play = Pick<IngressScene, 'title' | 'play' | 'fits'>;

const always = () => true;
const secured: Play['fits'] = ({ https }) => https !== undefined;
const ordered: Play['fits'] = ({ https }) => https?.kind === 'acme';
const asked: Play['fits'] = ({ logins }) => logins !== undefined;

const plays: readonly Play[] = [
  { title: 'each host leads to its app, at every address of the home', play: answersEveryHost, fits: always },
  { title: 'a host that no app has answers 404', play: answersNoOther, fits: always },
  {
    title: 'an app without a pod answers 503, and is there again with one',
    play: tellsOfAnAbsentApp,
    fits: always,
  },
  { title: 'who asks by HTTP is led to HTTPS', play: redirects, fits: secured },
  {
    title: 'each host shows a certificate of its name that the right authority vouches for',
    play: showsRightCertificates,
    fits: secured,
  },
  { title: 'browsers are told of HSTS for as long as the facts say', play: sendsHsts, fits: secured },
  { title: 'all hosts together take one order, kept for root alone', play: ordersOnce, fits: ordered },
  { title: 'a restart orders nothing', play: restartsWithoutOrder, fits: ordered },
  { title: 'nobody is let in without a login', play: asksWithoutLogin, fits: asked },
  { title: 'a wrong login is refused', play: refusesWrongLogins, fits: asked },
  { title: 'a right login is let in', play: letsIn, fits: asked },
  {
    title: 'a public path asks nobody, and what lies beside it asks',
    play: opensPublicPaths,
    fits: ({ logins }) => logins?.kind === 'password',
  },
  {
    title: 'an app of the home says who is there',
    play: asksTheApp,
    fits: ({ logins }) => logins?.kind === 'forward',
  },
  { title: 'a certificate that was ordered is renewed before its end', play: renewsOrdered, fits: ordered },
  {
    title: 'a certificate of the home’s own authority is renewed',
    play: renewsItsOwn,
    fits: ({ https }) => https?.kind === 'authority',
  },
];

/** All that is proved. A short selection has them all. */
export const scenes: readonly IngressScene[] = plays.map((play) => ({ ...play, short: true }));
