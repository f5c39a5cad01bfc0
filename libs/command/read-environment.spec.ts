import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { readEnvFile, readEnvironment } from './read-environment';

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

it('takes from .env what the environment does not say', () => {
  writeFileSync(join(root, '.env'), 'TF_VAR_home_root_secret="a b"\nMINIO_USER=file\nMINIO_PASSWORD=file\n');
  expect(readEnvironment(root, { MINIO_USER: 'given', MINIO_PASSWORD: '' })).toEqual({
    TF_VAR_home_root_secret: 'a b',
    MINIO_USER: 'given',
    MINIO_PASSWORD: 'file',
  });
});

it('takes what is empty for absent, also in a copy of .env.example', () => {
  writeFileSync(join(root, '.env'), 'PG_CONN_STR=\nMINIO_USER=\n');
  expect(readEnvironment(root, { MINIO_USER: 'given', MINIO_PASSWORD: '' })).toEqual({ MINIO_USER: 'given' });
});

it('names the kubeconfig from wherever a command runs', () => {
  const named = (path: string) =>
    readEnvironment(root, { KUBE_CONFIG_PATH: path, HOME: '/home/me' })['KUBE_CONFIG_PATH'];
  expect(named('config')).toBe(join(root, 'config'));
  expect(named('~/.kube/home')).toBe('/home/me/.kube/home');
  expect(named('')).toBeUndefined();
  writeFileSync(join(root, 'kubeconfig'), '');
  expect(named('')).toBe(join(root, 'kubeconfig'));
});

it.each([
  ['A=1\nB=2', '1'],
  ["export A='x y'", 'x y'],
  ['A=1\nA=2', '2'],
  ['A=', undefined],
  ['#A=1', undefined],
])('reads %j', (content, value) => {
  writeFileSync(join(root, '.env'), content);
  expect(readEnvFile(join(root, '.env'))['A']).toBe(value);
});

it('leaves out what would make Terraform do something else, or elsewhere', () => {
  expect(readEnvironment(root, { TF_CLI_ARGS_apply: '-destroy', TF_LOG: 'debug' })).toEqual({
    TF_LOG: 'debug',
  });
});
