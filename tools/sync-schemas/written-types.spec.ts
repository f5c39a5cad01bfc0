import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { Ajv } from 'ajv';
import { writtenSchemas, writtenTypes } from './written-types';

// Prettier lays out nothing here, and jest cannot load it.
jest.mock('prettier', () => ({}));

const workspace = join(__dirname, '../..');

it('has the committed types from the committed schemas; after an edit, run npm run sync-schemas', async () => {
  const types = await writtenTypes(workspace);
  expect(types.size).toBeGreaterThan(0);
  for (const [file, text] of types) expect(readFileSync(join(workspace, file), 'utf8')).toBe(text);
});

it.each(writtenSchemas(workspace))('finds %s a valid schema', (file) => {
  const schema: object = JSON.parse(readFileSync(join(workspace, file), 'utf8'));
  expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true);
});

it('lets an expression stand for a value, and imports what the types need', async () => {
  const folder = makeTemporaryFolder();
  for (const library of ['home', 'kubernetes']) mkdirSync(join(folder, 'libs', library), { recursive: true });
  const schema = {
    title: 'AppProps',
    imports: { '@home/terraform': ['Value'], '../replica': ['Replica'] },
    type: 'object',
    additionalProperties: false,
    required: ['image', 'replica'],
    properties: {
      image: { description: 'What runs.', type: 'string', expression: true },
      replica: { tsType: 'Replica' },
      args: { type: 'array', items: { type: ['string', 'number'], expression: true } },
    },
  };
  writeFileSync(join(folder, 'libs/kubernetes/app-props.schema.json'), JSON.stringify(schema));
  const types = await writtenTypes(folder);
  rmSync(folder, { recursive: true });
  expect([...types]).toEqual([
    [
      'libs/kubernetes/generated/app-props.ts',
      `// Made by tools/sync-schemas from app-props.schema.json. Make it again: npm run sync-schemas. Do not edit.
import type { Value } from '@home/terraform';
import type { Replica } from '../replica';

export interface AppProps {
    /**
     * What runs.
     */
    readonly image: Value<string>;
    readonly replica: Replica;
    readonly args?: readonly Value<string | number>[];
}
`,
    ],
  ]);
});
