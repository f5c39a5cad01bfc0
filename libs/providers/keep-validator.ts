import type { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileKept, keepMade } from '@home/files';

/** Tells whether a value holds to a schema, and leaves in `errors` what does not. */
export interface Validator {
  (value: unknown, context?: Parameters<ValidateFunction>[1]): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

/** What the code of a validator calls of ours, by name. */
export type Given = Readonly<Record<string, unknown>>;

/** What a validator is made from. */
export interface Recipe {
  /** Its name among all validators, a path. */
  readonly name: string;
  /** All that it depends on besides ajv, as text: the schema, and the files that say what its keywords mean. */
  readonly sources: readonly string[];
  readonly given: Given;
  readonly compile: () => { readonly ajv: Ajv; readonly validate: ValidateFunction | undefined };
}

/** What the code of a validator finds. Where ajv says `this`, it calls it `self`. */
const parameters = ['module', 'require', 'given', 'self'];

/** Loads ajv only where something has to be compiled. */
const load = createRequire(__filename);

/**
 * The function that ajv makes of a schema, from code that is kept: docs/decisions/0024-kept-validators.md. It is made anew
 * when ajv or any of the sources has changed.
 */
export function keepValidator({ name, sources, given, compile }: Recipe): Validator {
  const code = keepMade(`validators/${name}.cjs`, [...machinery(), ...sources], () => {
    const { ajv, validate } = compile();
    const { default: codeOf } = load('ajv/dist/standalone') as typeof import('ajv/dist/standalone');
    return codeOf(ajv, validate);
  });
  const module = { exports: {} };
  compileKept(`validators/${name}`, parameters, code)(module, load, given);
  return module.exports as Validator;
}

let read: readonly string[] | undefined;

/** What every validator depends on. */
const machinery = (): readonly string[] =>
  (read ??= [(load('ajv/package.json') as { version: string }).version, sourceOf(__filename)]);

/** The text of a file that says how validators are made. */
export const sourceOf = (file: string): string => readFileSync(file, 'utf8');

/**
 * An ajv for validators that are kept. The tests check the committed schemas in full, so that it need not be done here; nor
 * is the code optimized, which takes longer than it saves.
 *
 * @param dialect the module of ajv that knows the schema's version of JSON Schema
 * @param given what keywords and formats call: their code finds it there by its name
 */
export function makeCompiler(dialect: 'ajv' | 'ajv/dist/2020', options: Options, given: Given): Ajv {
  const { default: Compiler } = load(dialect) as { default: typeof Ajv | typeof Ajv2020 };
  const { _, getProperty } = load('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen');
  const ajv = new Compiler({
    allErrors: true,
    validateSchema: false,
    meta: false,
    code: { source: true, optimize: false, formats: _`given.formats` },
    ...options,
  });
  const names = new Map(Object.entries(given).map(([name, value]) => [value, name]));
  const { scope } = ajv;
  const hold = scope.value.bind(scope);
  scope.value = (prefix, value) => {
    const name = names.get(value.ref);
    return hold(prefix, name === undefined ? value : { ...value, code: _`given${getProperty(name)}` });
  };
  return ajv as Ajv;
}
