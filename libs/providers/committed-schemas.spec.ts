import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksSchema } from './block-schema';
import machineConfigSchema from './generated/talos-machine-config/schema.json';
import { providers } from './manifest';
import { terraformSchema } from './terraform-schema';
import { validator } from './mistakes';

const schemas = [...Object.keys(providers).map(blocksSchema), terraformSchema];

test.each(schemas.map((schema) => [schema.$id, schema] as const))('%s is valid JSON Schema', (_, schema) => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajv.addVocabulary([
    'accepts',
    'blocks',
    'choices',
    'computed',
    'expression',
    'keys',
    'nesting',
    'sensitive',
  ]);
  ajv.addSchema(schema);
  for (const name of Object.keys(schema.$defs))
    expect(ajv.getSchema(`${schema.$id}#/$defs/${name}`)).toBeDefined();
});

test.each(schemas.map((schema) => [schema.$id, schema] as const))(
  'every definition of %s compiles for checks',
  (_, schema) => {
    for (const name of Object.keys(schema.$defs)) expect(typeof validator(schema, name)).toBe('function');
  },
);

it("keeps valid JSON Schema of Talos' documents", () => {
  expect(new Ajv2020().validateSchema(machineConfigSchema)).toBe(true);
});

it('keeps all types of Kubernetes under 150 KB', () => {
  const files = ['arguments.ts', 'attributes.ts', 'index.ts'];
  const sizes = files.map((file) => readFileSync(join(__dirname, 'generated/kubernetes', file)).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
});
