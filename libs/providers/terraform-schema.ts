import { type ExpressionKind } from './block-schema';

/** Text that Terraform takes as it is. */
const text = { type: 'string' };
const flag = { type: 'boolean' };
const any = {};
const orExpression = (type: string | string[], expression: ExpressionKind): object => ({
  type: [type, 'string'].flat(),
  expression,
});
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[] = []): object => ({
  type: 'object',
  properties: { '//': any, ...properties },
  required,
  additionalProperties: false,
});

/** A collection, or an expression that gives one. */
const collection = { ...orExpression(['object', 'array'], 'dynamic'), pattern: '^\\$\\{' };

const names = { type: 'array', items: text };
const conditions = {
  type: 'array',
  items: closed(
    { condition: orExpression('boolean', 'bool'), error_message: { type: 'string', expression: 'string' } },
    ['condition', 'error_message'],
  ),
};
const checks = { precondition: conditions, postcondition: conditions };

const meta = {
  '//': any,
  depends_on: names,
  count: orExpression('number', 'number'),
  for_each: collection,
  provider: { type: 'string', pattern: '^[A-Za-z_][\\w-]*(\\.[A-Za-z_][\\w-]*)?$' },
};

const changes = { ...names, type: ['array', 'string'], pattern: '^all$' };

/**
 * What Terraform itself defines, as JSON Schema: meta-arguments by kind of block, and the bodies of its own blocks in
 * the form in which `@home/terraform` writes them. https://developer.hashicorp.com/terraform/language/block
 */
export const terraformSchema = {
  $id: 'language',
  $defs: {
    resource: closed({
      ...meta,
      lifecycle: closed({
        create_before_destroy: flag,
        prevent_destroy: flag,
        ignore_changes: changes,
        replace_triggered_by: names,
        ...checks,
      }),
    }),
    data: closed({ ...meta, lifecycle: closed(checks) }),
    ephemeral: closed({ ...meta, lifecycle: closed(checks) }),
    provider: closed({ alias: text }),
    dynamic: closed({ for_each: collection, iterator: text, content: { type: 'object' } }, [
      'for_each',
      'content',
    ]),
    output: closed(
      {
        value: any,
        description: text,
        sensitive: flag,
        ephemeral: flag,
        depends_on: names,
        precondition: conditions,
      },
      ['value'],
    ),
    variable: closed({
      type: text,
      description: text,
      default: any,
      sensitive: flag,
      ephemeral: flag,
      nullable: flag,
      validation: conditions,
    }),
    locals: { type: 'object' },
    module: { type: 'object', properties: { source: text, version: text }, required: ['source'] },
    moved: closed({ from: text, to: text }, ['from', 'to']),
    removed: closed({ from: text, lifecycle: closed({ destroy: flag }, ['destroy']) }, ['from']),
    import: closed(
      { to: text, id: { type: 'string', expression: 'string' }, for_each: collection, provider: text },
      ['to', 'id'],
    ),
    check: closed({ assert: { ...conditions, minItems: 1 }, data: { type: 'object' } }, ['assert']),
    terraform: closed({
      required_version: text,
      required_providers: {
        type: 'object',
        additionalProperties: closed({ source: text, version: text }, ['source', 'version']),
      },
      backend: { type: 'object', maxProperties: 1, additionalProperties: { type: 'object' } },
      cloud: { type: 'object' },
    }),
  },
} as const;

/** The kinds of blocks that Terraform defines, and the meta-arguments of the others. */
export type LanguagePart = keyof typeof terraformSchema.$defs;
