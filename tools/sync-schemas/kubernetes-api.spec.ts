import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { readKubernetesApi } from './kubernetes-api';

let folder: string;
beforeEach(() => (folder = makeTemporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true }));

const kind = (group: string, version: string, name: string): object => ({
  'x-kubernetes-group-version-kind': [{ group, version, kind: name }],
});

const document = {
  info: { version: '1.35' },
  definitions: {
    'api.Thing': {
      description: 'A thing.',
      type: 'object',
      required: ['parts'],
      properties: {
        size: { $ref: '#/definitions/api.resource.Quantity', description: 'How large it is.' },
        parts: {
          type: 'array',
          items: { $ref: '#/definitions/api.Part' },
          'x-kubernetes-list-map-keys': ['name'],
          'x-kubernetes-list-type': 'map',
        },
        status: { $ref: '#/definitions/api.Status' },
      },
      ...kind('example.io', 'v1', 'Thing'),
    },
    // Types refer to each other in circles.
    'api.Part': {
      type: 'object',
      properties: { policy: { type: 'string', enum: ['A'] }, whole: { $ref: '#/definitions/api.Thing' } },
    },
    'api.Status': { type: 'object' },
    'api.Other': { type: 'object', ...kind('example.io', 'v1', 'Other') },
    'api.resource.Quantity': { type: 'string' },
  },
};

const read = (version: string) => {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const provider = { provider: { version: 0 }, resource_schemas: { kubernetes_thing_v1: { version: 0 } } };
  return readKubernetesApi(file, version, provider);
};

it('keeps the kinds that the provider has a resource for, and what they are made of', () => {
  const { kinds, definitions } = read('1.35');
  expect(kinds).toEqual({ 'example.io/v1 Thing': 'api.Thing' });
  expect(definitions).toEqual({
    'api.Part': {
      type: 'object',
      properties: { policy: { type: 'string', enum: ['A'] }, whole: { $ref: 'api.Thing' } },
    },
    'api.Thing': {
      type: 'object',
      required: ['parts'],
      properties: {
        size: { $ref: 'api.resource.Quantity' },
        parts: { type: 'array', items: { $ref: 'api.Part' }, keys: ['name'] },
      },
    },
    'api.resource.Quantity': { type: 'string', format: 'quantity' },
  });
});

it('refuses the document of another version', () => {
  expect(() => read('1.36')).toThrow('must be of Kubernetes 1.36, but is of 1.35');
});
