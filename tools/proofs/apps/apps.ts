import { goProgram, pythonProgram } from './programs';
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
  program: pythonProgram('radicale', '3.8.1', 'bcrypt==5.0.0'),
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

/** All that can be started where Go and Python are. */
export const realApps: readonly RealApp[] = [navidrome, radicale, syncthing, adguard];
