import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type JSONSchema, compile } from 'json-schema-to-typescript';
import ts from 'typescript';

/** A schema that people wrote, as far as its types are concerned; libs/home/check-against.ts tells its other keywords. */
interface WrittenSchema {
  readonly title: string;
  /** What its `tsType`s need: a module → names. */
  readonly imports?: Readonly<Record<string, readonly string[]>>;
}

/** The paths of all schemas that people wrote, in the workspace. */
export const writtenSchemas = (workspace: string): string[] =>
  ['home', 'kubernetes'].flatMap((library) =>
    readdirSync(join(workspace, 'libs', library))
      .filter((file) => file.endsWith('.schema.json'))
      .map((file) => `libs/${library}/${file}`),
  );

/**
 * The types of all schemas that people wrote: `libs/home/facts.schema.json` → `libs/home/generated/facts.ts`.
 *
 * @param workspace the folder that holds `libs`
 * @returns each file's path in the workspace → its text
 */
export async function writtenTypes(workspace: string): Promise<Map<string, string>> {
  const made = writtenSchemas(workspace).map(async (file): Promise<[string, string]> => {
    const name = basename(file).replace('.schema.json', '.ts');
    return [join(dirname(file), 'generated', name), await typesOf(join(workspace, file))];
  });
  return new Map(await Promise.all(made));
}

async function typesOf(file: string): Promise<string> {
  const schema: WrittenSchema = JSON.parse(readFileSync(file, 'utf8'), orExpression);
  const types = await compile(schema as JSONSchema, schema.title, {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    format: false,
    unreachableDefinitions: true,
  });
  const imports = Object.entries(schema.imports ?? {}).map(
    ([module, names]) => `import type { ${names.join(', ')} } from '${module}';`,
  );
  const made = `// Made by tools/sync-schemas from ${basename(file)}. Make it again: npm run sync-schemas. Do not edit.`;
  return [made, ...imports, '', print(types.replace(mentions, ''))].join('\n');
}

/** What is said of a definition that the schema's own type does not reach, and of which the comment may be all. */
const mentions =
  /\/\*\*\n \* This interface was referenced by[^/]*\*\/\n| \* ?\n \* This interface was referenced by[^/]*?(?= \*\/)/g;

/** `{ "expression": true, "type": "string" }` → `{ "tsType": "Value<string>" }` */
function orExpression(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { expression, type, tsType, description } = value as JSONSchema;
  if (expression !== true) return value;
  return { description, tsType: `Value<${tsType ?? [type].flat().join(' | ')}>` };
}

/** Lays types out, and makes all that they hold readonly. */
function print(types: string): string {
  const source = ts.createSourceFile('types.ts', types, ts.ScriptTarget.Latest, true);
  const { transformed } = ts.transform(source, [
    (context) => {
      const visit = (node: ts.Node): ts.Node => readonly(ts.visitEachChild(node, visit, context));
      return (file) => ts.visitEachChild(file, visit, context);
    },
  ]);
  return ts.createPrinter().printFile(transformed[0] ?? source);
}

function readonly(node: ts.Node): ts.Node {
  const { factory } = ts;
  if (ts.isArrayTypeNode(node)) return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, node);
  if (!ts.isPropertySignature(node) && !ts.isIndexSignatureDeclaration(node)) return node;
  const modifiers = [factory.createToken(ts.SyntaxKind.ReadonlyKeyword)];
  return ts.isPropertySignature(node)
    ? factory.updatePropertySignature(node, modifiers, node.name, node.questionToken, node.type)
    : factory.updateIndexSignature(node, modifiers, node.parameters, node.type);
}
