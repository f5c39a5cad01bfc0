import { setTimeout as sleep } from 'node:timers/promises';
import { goProgram, npmProgram, pythonProgram } from './programs';
import { type Http, type RealApp, basic } from './real-app';

const password = 'proof-password';

/** https://github.com/navidrome/navidrome/blob/v0.63.2/Dockerfile */
const navidrome: RealApp = {
  recipe: 'navidrome',
  program: goProgram('navidrome', {
    module: 'github.com/navidrome/navidrome',
    version: 'v0.63.2',
    tags: 'netgo,sqlite_fts5',
  }),
  image: {
    entrypoint: ['/app/navidrome'],
    env: {
      ND_MUSICFOLDER: '/music',
      ND_DATAFOLDER: '/data',
      ND_CONFIGFILE: '/data/navidrome.toml',
      ND_PORT: '4533',
    },
    files: { '/app/navidrome': 'navidrome' },
  },
  setUp: async (app) => {
    await app('POST', '/auth/createAdmin', { body: { username: 'admin', password } });
  },
  write: async (app, text) => {
    await app('POST', '/api/playlist', { headers: await navidromeToken(app), body: { name: text } });
  },
  read: async (app) => app('GET', '/api/playlist', { headers: await navidromeToken(app) }),
};

async function navidromeToken(app: Http): Promise<Record<string, string>> {
  const { token } = JSON.parse(await app('POST', '/auth/login', { body: { username: 'admin', password } }));
  return { 'x-nd-authorization': `Bearer ${token}` };
}

const calendar = '/anna/calendar/';

/** https://github.com/Kozea/Radicale/blob/v3.8.1/Dockerfile */
const radicale: RealApp = {
  recipe: 'radicale',
  program: pythonProgram('radicale', { version: '3.8.1', beside: ['bcrypt==5.0.0'] }),
  image: {
    entrypoint: ['/app/bin/python', '-m', 'radicale'],
    args: ['--hosts', '0.0.0.0:5232'],
    files: { '/app': '.' },
  },
  // htpasswd -B writes such a line: https://httpd.apache.org/docs/current/programs/htpasswd.html
  given: { users: 'anna:$2b$04$1IzHbZmYN39ucwK2qakNbuT/Z9Zfr.bg8t980U3NYBakGdNbVO5oy\n' },
  setUp: async (app) => {
    const body =
      '<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav"><set><prop xmlns="DAV:"><displayname>Home</displayname></prop></set></mkcalendar>';
    await app('MKCALENDAR', calendar, { headers: basic('anna', password), body });
  },
  write: async (app, text) => {
    const lines = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//proof//', 'BEGIN:VEVENT', `UID:${text}`],
      ...['DTSTAMP:20261130T000000Z', 'DTSTART:20261201T080000Z', `SUMMARY:${text}`],
      ...['END:VEVENT', 'END:VCALENDAR', ''],
    ];
    const headers = { ...basic('anna', password), 'content-type': 'text/calendar' };
    await app('PUT', `${calendar}${text}.ics`, { headers, body: lines.join('\r\n') });
  },
  read: (app) => app('GET', calendar, { headers: basic('anna', password) }),
};

const key = { 'x-api-key': 'proof-key-of-the-api' };

/** https://github.com/syncthing/syncthing/blob/v2.1.3/Dockerfile */
const syncthing: RealApp = {
  recipe: 'syncthing',
  program: goProgram('syncthing', {
    module: 'github.com/syncthing/syncthing',
    version: 'v1.30.0',
    package: './cmd/syncthing',
    tags: 'noassets',
  }),
  instead: '1.30.0, the newest that the Go module proxy has',
  image: {
    entrypoint: ['/bin/syncthing'],
    env: {
      HOME: '/var/syncthing',
      STGUIADDRESS: '0.0.0.0:8384',
      STHOMEDIR: '/var/syncthing/config',
      // The API's key is in its settings, which only its own pages show.
      STGUIAPIKEY: key['x-api-key'],
      STNOUPGRADE: '1',
    },
    files: { '/bin/syncthing': 'syncthing' },
  },
  write: async (app, text) => {
    const folder = { id: text, label: text, path: `/var/syncthing/${text}` };
    await app('PUT', `/rest/config/folders/${text}`, { headers: key, body: folder });
  },
  // A device that has lost its keys is another one to all others.
  read: async (app) => {
    const { myID } = JSON.parse(await app('GET', '/rest/system/status', { headers: key }));
    return `${myID} ${await app('GET', '/rest/config/folders', { headers: key })}`;
  },
};

/** https://github.com/AdguardTeam/AdGuardHome/blob/v0.107.78/docker/build.Dockerfile */
const adguard: RealApp = {
  recipe: 'adguard-home',
  program: goProgram('AdGuardHome', { module: 'github.com/AdguardTeam/AdGuardHome', version: 'v0.107.78' }),
  instead: '0.107.78, the newest that the Go module proxy has',
  image: {
    entrypoint: ['/opt/adguardhome/AdGuardHome'],
    files: { '/opt/adguardhome/AdGuardHome': 'AdGuardHome' },
  },
  setUp: async (app) => {
    await app('POST', '/control/install/configure', {
      body: {
        username: 'admin',
        password,
        web: { ip: '0.0.0.0', port: 3000 },
        dns: { ip: '0.0.0.0', port: 53 },
      },
    });
  },
  write: async (app, text) => {
    const { user_rules: rules = [] } = JSON.parse(
      await app('GET', '/control/filtering/status', { headers: basic('admin', password) }),
    );
    const body = { rules: [...(rules ?? []), `||${text}.example^`] };
    await app('POST', '/control/filtering/set_rules', { headers: basic('admin', password), body });
  },
  read: (app) => app('GET', '/control/filtering/status', { headers: basic('admin', password) }),
};

const person = { email: 'anna@example.org', firstName: 'Anna', lastName: 'Home', password: 'Proof-passw0rd' };

/** https://github.com/n8n-io/n8n/blob/n8n@2.41.0/docker/images/n8n/Dockerfile */
const n8n: RealApp = {
  recipe: 'n8n',
  program: npmProgram('n8n', { version: '2.41.0', node: '24.21.0', built: ['sqlite3'] }),
  image: {
    entrypoint: ['/usr/local/bin/node', '/usr/local/lib/node_modules/n8n/bin/n8n'],
    env: { NODE_ENV: 'production', HOME: '/home/node' },
    files: {
      '/usr/local/bin/node': `node_modules/node-linux-${process.arch}/bin/node`,
      '/usr/local/lib/node_modules': 'node_modules',
    },
  },
  secrets: { key: '0123456789abcdef'.repeat(4) },
  setUp: async (app) => {
    await app('POST', '/rest/owner/setup', { body: person });
  },
  write: async (app, text) => {
    await n8nLogin(app);
    await app('POST', '/rest/workflows', { body: { name: text, nodes: [], connections: {}, settings: {} } });
    // Read again, it has to be decrypted with the key of the Secret.
    const body = { name: text, type: 'httpBasicAuth', data: { user: text, password } };
    await app('POST', '/rest/credentials', { body });
  },
  read: async (app) => {
    await n8nLogin(app);
    const lists = ['/rest/workflows', '/rest/credentials?includeData=true'];
    return (await Promise.all(lists.map((list) => app('GET', list)))).join(' ');
  },
};

const n8nLogin = (app: Http): Promise<string> =>
  app('POST', '/rest/login', { body: { emailOrLdapLoginId: person.email, password: person.password } });

const client_id = 'http://127.0.0.1:8123/';

/** https://github.com/home-assistant/core/blob/2025.4.4/rootfs/etc/services.d/home-assistant/run */
const homeAssistant: RealApp = {
  recipe: 'home-assistant',
  program: pythonProgram('homeassistant', {
    version: '2025.4.4',
    named: 'homeassistant/package_constraints.txt',
    // For its second factor, which everybody has: without a network it cannot fetch them.
    beside: ['pyotp==2.8.0', 'PyQRCode==1.2.1'],
    python: 'python3.13',
  }),
  instead: '2025.4.4, the newest that Python 3.13.0 runs',
  image: {
    entrypoint: [],
    env: { PATH: '/app/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    files: { '/app': '.' },
  },
  setUp: async (app) => {
    const body = { client_id, name: 'Anna', username: 'anna', password, language: 'en' };
    await app('POST', '/api/onboarding/users', { body });
  },
  write: async (app, text) => {
    const headers = await homeAssistantToken(app);
    const automation = { alias: text, triggers: [], conditions: [], actions: [] };
    await app('POST', `/api/config/automation/config/${text}`, { headers, body: automation });
    await app('POST', '/api/states/sensor.proof', { headers, body: { state: text } });
    // Its recorder commits every five seconds.
    await sleep(7_000);
  },
  read: async (app) => {
    const headers = await homeAssistantToken(app);
    const history = await app('GET', '/api/history/period?filter_entity_id=sensor.proof', { headers });
    const states = await app('GET', '/api/states', { headers });
    return `${history} ${states}`;
  },
};

async function homeAssistantToken(app: Http): Promise<Record<string, string>> {
  const begin = { client_id, handler: ['homeassistant', null], redirect_uri: client_id };
  const { flow_id: flow } = JSON.parse(await app('POST', '/auth/login_flow', { body: begin }));
  const answer = { client_id, username: 'anna', password };
  const { result: code } = JSON.parse(await app('POST', `/auth/login_flow/${flow}`, { body: answer }));
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { access_token: token } = JSON.parse(await app('POST', '/auth/token', { headers, body }));
  const signed = { authorization: `Bearer ${token}` };
  // It answers before all of it is there.
  for (let attempt = 0; attempt < 120; attempt++) {
    const { state } = JSON.parse(await app('GET', '/api/config', { headers: signed }));
    if (state === 'RUNNING') break;
    await sleep(1_000);
  }
  return signed;
}

/** All whose programs Go modules, PyPI and the npm registry have. */
export const realApps: readonly RealApp[] = [navidrome, radicale, syncthing, adguard, n8n, homeAssistant];
