import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { findExposures, printExposures } from './exposures';

let workspace: string;
beforeEach(() => {
  workspace = makeTemporaryFolder();
  mkdirSync(join(workspace, 'terraform/platform'), { recursive: true });
});
afterEach(() => rmSync(workspace, { recursive: true }));

function exposed(json: object): string[] {
  writeFileSync(join(workspace, 'terraform/platform/app.tf.json'), JSON.stringify(json));
  return findExposures(workspace).map(({ address, attributes }) => `${address}: ${attributes.join(', ')}`);
}

it.each<[string, object, string[]]>([
  [
    'what a provider makes by itself',
    { resource: { gotify_client: { widget: { name: 'Widget' } } } },
    ['gotify_client.widget: token'],
  ],
  [
    'what is given to an argument that is kept',
    { resource: { kubernetes_secret_v1: { s: { data: { key: '${var.key}' } } } } },
    ['kubernetes_secret_v1.s: data'],
  ],
  [
    'a secret that a provider makes up when none is given',
    { resource: { minio_iam_user: { u: { name: 'u' } } } },
    ['minio_iam_user.u: secret'],
  ],
  [
    'an output that is called sensitive',
    { output: { key: { value: '', sensitive: true } } },
    ['output.key: value'],
  ],
])('names %s', (_, json, expected) => {
  expect(exposed(json)).toEqual(expected);
});

it.each<[string, object]>([
  [
    'what is only written',
    { resource: { kubernetes_secret_v1: { s: { data_wo: { key: '' }, data_wo_revision: 1 } } } },
  ],
  [
    'what a write-only argument replaces',
    { resource: { minio_iam_user: { u: { secret_wo: '', secret_wo_version: 1 } } } },
  ],
  ['what is ephemeral', { ephemeral: { onepassword_item: { login: { vault: '', uuid: '' } } } }],
  ['an output for everybody', { output: { images: { value: '' } } }],
])('does not name %s', (_, json) => {
  expect(exposed(json)).toEqual([]);
});

it('tells the workload, the address and the reason, and asks for one where there is none', () => {
  exposed({ resource: { kubernetes_secret_v1: { s: { data: {} } }, gotify_client: { c: {} } } });
  expect(printExposures(findExposures(workspace))).toEqual([
    'Sensitive values that a state holds in clear text; keep the states as safe as the home itself:',
    'platform/app',
    '  kubernetes_secret_v1.s: data',
    '    because no reason is given: look for a write-only argument, derive the value, or say why in tools/life/secrets/exposures.ts',
    '  gotify_client.c: token',
    '    because Gotify makes the token itself, and its provider keeps what it reads',
  ]);
});
