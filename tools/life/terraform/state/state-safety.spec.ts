import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { readRootModule } from '../root-module';
import { type TemporaryHome, temporaryHome } from '../temporary-home';
import { allowsPlainHttp, requireSafety, unsafeIn } from './state-safety';

jest.setTimeout(60_000);

const subnets = { v4: '192.168.107.0/24', v6: 'fd00:affe:cafe:107::3/48' };

it.each([
  ['192.168.107.4', true],
  ['192.168.108.4', false],
  ['[fd00:affe:cafe:107::4]', true],
  ['[2001:db8::1]', false],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost', true],
  ['nas.rpi', true],
  ['rpi.example.org', false],
  ['grrpi', false],
])('takes %s for a place at home: %s', (host, expected) => {
  expect(allowsPlainHttp(host, { network: { subnets }, domain: 'rpi' })).toBe(expected);
});

describe('a state', () => {
  let home: TemporaryHome;
  beforeEach(() => {
    home = temporaryHome();
    home.describe('platform');
  });
  afterEach(() => {
    home.remove();
    jest.restoreAllMocks();
  });

  /** What is unsafe about a state that lives there, each as a line without its remedy. */
  async function unsafe(backend?: object, environment: Record<string, string> = {}): Promise<string[]> {
    if (backend !== undefined) home.describe('platform', [], backend as Record<string, unknown>);
    const choice = { network: { subnets, nodes: [] }, domain: 'rpi' };
    const session = { root: home.root, environment, home: choice as never };
    const problems = await unsafeIn(session, readRootModule(home.root, 'platform'));
    const required = requireSafety(session, readRootModule(home.root, 'platform'));
    if (problems.length > 0) await expect(required).rejects.toThrow();
    else await expect(required).resolves.toBeUndefined();
    for (const { remedy } of problems) expect(remedy).toMatch(/^[A-Z].+ /);
    return problems.map(({ where, what }) => `${where}: ${what}`);
  }

  it.each(['.state/platform.tfstate', '.state/platform.tfstate.backup', '.state/backups/x.tfstate'])(
    'is unsafe while others can read %s',
    async (file) => {
      home.write('.state/platform.tfstate', '{}');
      home.write(file, '{}');
      expect(await unsafe()).toEqual([]);
      for (const mode of [0o640, 0o604]) {
        chmodSync(join(home.root, file), mode);
        expect(await unsafe()).toEqual([`${file}: holds secrets and must be readable by its owner alone`]);
      }
    },
  );

  it('is not unsafe for what lies beside it and is none', async () => {
    home.write('.state/platform.tfstate', '{}');
    home.write('.state/notes.md', 'no secret');
    chmodSync(join(home.root, '.state/notes.md'), 0o644);
    expect(await unsafe()).toEqual([]);
  });

  it.each(['errored.tfstate', '.terraform/home.tfplan'])(
    'is unsafe while others can read %s of its folder',
    async (name) => {
      const file = `terraform/platform/${name}`;
      home.write(file, '{}');
      chmodSync(join(home.root, file), 0o644);
      expect(await unsafe()).toEqual([`${file}: holds secrets and must be readable by its owner alone`]);
    },
  );

  it('is unsafe in git, and where git would take it', async () => {
    home.write('.state/platform.tfstate', '{}');
    const { execaSync } = await import('execa');
    home.write('.gitignore', '');
    expect(await unsafe()).toEqual(['.state/platform.tfstate: holds secrets and must be ignored by git']);
    execaSync('git', ['-C', home.root, 'add', '.state']);
    home.write('.gitignore', '.state/');
    expect(await unsafe()).toEqual(['.state/platform.tfstate: holds secrets and must not be in git']);
  });

  const inTheClear = (place: string): string[] => [
    `platform: state at ${place}: holds secrets and must not travel in the clear outside the home's own network`,
  ];
  const http = (address: string) => ({
    backend: { http: { address, lock_address: '', unlock_address: '' } },
  });
  const s3 = (endpoints?: object) => ({ backend: { s3: { bucket: 'b', key: 'k', region: 'r', endpoints } } });
  const pg = { backend: { pg: { schema_name: 's' } } };

  it.each<[string, object, Record<string, string>, string[]]>([
    ['at http in the home', http('http://192.168.107.4:8080/state'), {}, []],
    ['at an address that is none', http('states'), {}, []],
    ['at https anywhere', http('https://states.example.org/state'), {}, []],
    ['at http elsewhere', http('http://states.example.org/state'), {}, inTheClear('states.example.org')],
    [
      'in a bucket elsewhere',
      s3({ s3: 'http://s3.example.org:9000' }),
      {},
      inTheClear('s3.example.org:9000'),
    ],
    ['in a bucket of AWS', s3(), {}, []],
    [
      'in a bucket that the environment names',
      s3(),
      { AWS_ENDPOINT_URL_S3: 'http://s3.example.org' },
      inTheClear('s3.example.org'),
    ],
    ['in PostgreSQL by TLS', pg, { PG_CONN_STR: 'postgres://u@db.example.org/x' }, []],
    [
      'in PostgreSQL without TLS',
      pg,
      { PG_CONN_STR: 'postgres://u@db.example.org/x?sslmode=disable' },
      inTheClear('db.example.org'),
    ],
    ['in PostgreSQL without TLS at home', pg, { PG_CONN_STR: 'postgres://u@nas.rpi/x?sslmode=disable' }, []],
    [
      'at home, whatever database is at hand',
      { backend: { local: { path: '../../.state/platform.tfstate' } } },
      { PG_CONN_STR: 'postgres://u@db.example.org/x?sslmode=disable' },
      [],
    ],
    ['in PostgreSQL that nothing names', pg, {}, []],
    ['in PostgreSQL by other words', pg, { PG_CONN_STR: 'host=db sslmode=disable' }, []],
  ])('does not travel in the clear: %s', async (_, backend, environment, problems) => {
    expect(await unsafe(backend, environment)).toEqual(problems);
  });

  it.each<[string, () => Promise<Response>, string | undefined]>([
    ['runs Terraform here', async () => answer(200, 'local'), undefined],
    [
      'runs Terraform there',
      async () => answer(200, 'remote'),
      'must have the execution mode "local", but has "remote"',
    ],
    ['does not exist yet', async () => answer(404), undefined],
    ['lets nobody in', async () => answer(401), 'answers 401'],
    ['cannot be reached', () => Promise.reject(new Error('no route')), 'does not answer (no route)'],
  ])('is kept by a workspace that %s', async (_, respond, what) => {
    const asked = jest.spyOn(global, 'fetch').mockImplementation(respond);
    const cloud = { cloud: { organization: 'o/x', hostname: 'a-b.example.org', workspaces: { name: 'pi' } } };
    const where = 'platform: workspace pi of o/x';
    expect(await unsafe(cloud)).toEqual([`${where}: needs a token in TF_TOKEN_a__b_example_org`]);
    expect(asked).not.toHaveBeenCalled();
    const found = await unsafe(cloud, { TF_TOKEN_a__b_example_org: 'secret' });
    expect(found).toEqual(what === undefined ? [] : [`${where}: ${what}`]);
    expect(asked.mock.calls[0]?.[0]).toBe('https://a-b.example.org/api/v2/organizations/o%2Fx/workspaces/pi');
    expect(asked.mock.calls[0]?.[1]?.headers).toEqual({ Authorization: 'Bearer secret' });
  });

  it('is kept by HashiCorp where no other host is named', async () => {
    expect(await unsafe({ cloud: { organization: 'o', workspaces: { name: 'pi' } } })).toEqual([
      'platform: workspace pi of o: needs a token in TF_TOKEN_app_terraform_io',
    ]);
  });

  // Its own `json` gives objects of another realm than jest's.
  const answer = (status: number, mode?: string): Response =>
    Object.assign(new Response('', { status }), {
      json: async () => ({ data: { attributes: { 'execution-mode': mode } } }),
    });
});
