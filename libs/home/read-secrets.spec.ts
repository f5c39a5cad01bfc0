import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { readSecrets } from './read-secrets';

const workspace = makeTemporaryFolder();
const rootFingerprint = '0'.repeat(64);
const record = (given: object): string => JSON.stringify({ rootFingerprint, rotations: {}, ...given });
const getBack = 'Take it back from git, or make a root of your own with `npm run secrets -- new`.';

afterAll(() => rmSync(workspace, { recursive: true }));

function read(text: string) {
  mkdirSync(join(workspace, 'libs/home'), { recursive: true });
  writeFileSync(join(workspace, 'libs/home/secrets.json'), text);
  return readSecrets(workspace);
}

it('says that there is no record', () => {
  expect(() => readSecrets(workspace)).toThrow(`libs/home/secrets.json: must be there. ${getBack}`);
});

it('reads what was recorded', () => {
  const rotations = { replication: 2 };
  expect(read(record({ rotations }))).toEqual({ rootFingerprint, rotations });
});

it.each([
  ['', 1],
  ['{', 1],
  ["{ 'a': 1 }", 1],
  ['{\n  "rotations": {},\n}', 3],
  ['{\n  "rotations": x\n}', 2],
  ['{\n  "rotations": "x\n}', 2],
  ['{}\n{}', 2],
  ['{\n<<<<<<< HEAD\n}', 2],
])('names the line in which %j is no JSON', (text, line) => {
  expect(() => read(text)).toThrow(
    `libs/home/secrets.json:${line}: must be JSON, but does not parse there. ${getBack}`,
  );
});

it.each<[string, string]>([
  ['[]', '[] must be an object. Write { rootFingerprint, rotations }.'],
  ['null', 'null must be an object. Write { rootFingerprint, rotations }.'],
  [record({ rotations: undefined }), 'rotations must be there. Add it.'],
  [record({ rotation: {} }), 'rotation must be a known name. Did you mean rotations?'],
  [record({ rotations: { a: '2' } }), 'rotations.a "2" must be a whole number. Write it without quotes.'],
  [
    record({ rotations: { a: 1000 } }),
    'rotations.a 1000 must be a whole number from 1 to 999. Leave it to `npm run secrets -- rotate PURPOSE`.',
  ],
  [
    record({ rotations: { A: 1 } }),
    'rotations.A 1 must count the rotations of a purpose. Use lower-case letters, digits and dashes.',
  ],
  [
    record({ rootFingerprint: 'a0d92' }),
    `rootFingerprint "a0d92" must be the fingerprint of a root secret. ${getBack.replace('it', 'the file')}`,
  ],
])('refuses %s in one line', (text, problem) => {
  expect(() => read(text)).toThrow(new Error(`libs/home/secrets.json: ${problem}`));
});
