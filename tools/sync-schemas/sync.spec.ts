import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeTemporaryFolder } from '@home/files';
import { type WantedProvider, providers } from '@home/providers';
import { ProblemsError, formatProblems } from '@home/terraform';
import { sync } from './sync';

// Prettier lays out nothing here, and jest cannot load it.
jest.mock('prettier', () => ({}));

const generated = join(__dirname, '../../libs/providers/generated');
const gotify = join(generated, 'gotify/schema.json');

let folder: string;
beforeEach(() => (folder = makeTemporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true }));

it('has the committed files from the committed schemas and the manifest', async () => {
  cpSync(generated, folder, { recursive: true });
  const { written, changes } = await sync(providers, [generated], folder);
  expect(written).toEqual([]);
  expect(Object.values(changes).flat()).toEqual([]);
});

it('writes every file again, with the same bytes', async () => {
  const wanted = wanting({});
  const { written } = await sync(wanted, [generated], folder);
  expect(written).toContain('gotify/schema.json');
  for (const file of written.filter((name) => name !== 'index.ts')) {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(generated, file), 'utf8'));
  }
  expect((await sync(wanted, [folder], folder)).written).toEqual([]);
});

it('keeps the committed schema of a provider that was not recorded now', async () => {
  cpSync(generated, folder, { recursive: true });
  const { kept, written } = await sync(providers, [gotify], folder);
  expect(kept).toEqual(Object.keys(providers).filter((name) => name !== 'gotify'));
  expect(written).toEqual([]);
});

it('tells what a new version changes', async () => {
  cpSync(generated, folder, { recursive: true });
  const next = join(folder, 'gotify-0.4.0.json.gz');
  writeFileSync(next, gzipSync(readFileSync(gotify, 'utf8').replaceAll('"webhook_path"', '"webhook_url"')));
  const { changes, written } = await sync(wanting({ version: '0.4.0' }), [next], folder);
  expect(changes).toEqual({
    gotify: [
      '- resource gotify_plugin.webhook_path: string, optional, computed, sensitive',
      '+ resource gotify_plugin.webhook_url: string, optional, computed, sensitive',
    ],
  });
  expect(written).toContain('gotify/arguments.ts');
});

const failures: { name: string; wanted: Partial<WantedProvider>; from: string; out: string }[] = [
  {
    name: 'something wanted does not exist',
    wanted: { resources: ['gotify_client', 'gotify_plugins'] },
    from: gotify,
    out: 'libs/providers/manifest.ts: gotify: asks for resource gotify_plugins, which LukasKnuth/gotify 0.3.0 does not have. Did you mean gotify_plugin?',
  },
  {
    name: 'the wanted version is recorded nowhere',
    wanted: { version: '0.4.0' },
    from: gotify,
    out: 'libs/providers/manifest.ts: gotify: needs the recorded schema of LukasKnuth/gotify 0.4.0, but only 0.3.0 is there. Run npm run sync-schemas where Terraform is installed, or name a recorded schema with --from.',
  },
  {
    name: 'a named part does not exist',
    wanted: { parts: { Token: 'gotify_client.token' } },
    from: gotify,
    out: 'libs/providers/manifest.ts: gotify: gives the name Token to gotify_client.token, where nothing stands. Name a place of the part in a wanted block.',
  },
  {
    name: 'a recorded file does not exist',
    wanted: {},
    from: 'nowhere.json',
    out: 'nowhere.json: must exist. Correct --from.',
  },
];

test.each(failures)('writes nothing when $name', async ({ wanted, from, out }) => {
  const failure = await sync(wanting(wanted), [from], folder).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProblemsError);
  expect(failure instanceof ProblemsError && formatProblems(failure.problems)).toBe(out);
  expect(readdirSync(folder)).toEqual([]);
});

function wanting(other: Partial<WantedProvider>): Record<string, WantedProvider> {
  const wanted = providers['gotify'];
  return wanted === undefined ? {} : { gotify: { ...wanted, ...other } };
}
