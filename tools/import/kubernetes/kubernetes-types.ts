import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What Kubernetes takes as the value of a field. */
export type FieldType =
  | { readonly kind: 'text' | 'base64' | 'number' | 'flag' | 'quantity' | 'numberOrText' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly of: ObjectType };

/** A type of Kubernetes' API: `Deployment`, `PodSpec` … */
export interface ObjectType {
  readonly name: string;
  /** Read when first asked for, since types refer to each other in circles. */
  readonly fields: ReadonlyMap<string, FieldType>;
}

/** Where the package keeps the declarations of all types, one file each: `apps/v1/Deployment.d.ts`. */
const packages = createRequire(__filename);
const declarations = dirname(packages.resolve('kubernetes-models'));

const known = new Map<string, FieldType>();

/** The class that checks an object of a type. */
type Model = new (data: unknown) => {
  /** Throws an error with `errors`: the mistakes as ajv reports them. */
  validate(): void;
};

/** What ajv says of one mistake. */
export interface Mistake {
  readonly instancePath: string;
  readonly message: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The type of a kind of object.
 *
 * @param apiVersion such as `v1` or `apps/v1`
 * @param kind such as `Deployment`
 * @returns undefined for a kind that is not Kubernetes' own, or not in this version
 */
export function typeOfKind(apiVersion: string, kind: string): ObjectType | undefined {
  if (!/^[\w./-]+$/.test(apiVersion) || !/^\w+$/.test(kind) || apiVersion.includes('..')) return undefined;
  const file = join(declarations, apiVersion, `${kind}.d.ts`);
  const type = existsSync(file) ? typeInFile(file) : undefined;
  return type?.kind === 'object' && type.of.fields.has('apiVersion') ? type.of : undefined;
}

/** What is wrong with an object of one of Kubernetes' own kinds: types, required fields, enumerations. */
export function mistakesIn(apiVersion: string, kind: string, value: unknown): readonly Mistake[] {
  const known = typeOfKind(apiVersion, kind) !== undefined;
  const model = known ? modelInFile(join(declarations, apiVersion, `${kind}.js`), kind) : undefined;
  return model === undefined ? [] : mistakesOf(new model(value));
}

function modelInFile(file: string, name: string): Model | undefined {
  const exported: Readonly<Record<string, Model>> = packages(file);
  return exported[name];
}

function typeInFile(file: string): FieldType {
  const type = known.get(file) ?? readDeclaration(file);
  known.set(file, type);
  return type;
}

/** Reads `export interface IPodSpec { "containers": Array<IIoK8sApiCoreV1Container>; … }` or a type alias. */
function readDeclaration(file: string): FieldType {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const imports = new Map(source.statements.filter(ts.isImportDeclaration).flatMap(importedNames));
  const resolve = (name: string): FieldType => {
    const from = imports.get(name);
    return from === undefined ? { kind: 'any' } : typeInFile(declarationFile(file, from));
  };
  const declared = source.statements.find(ts.isInterfaceDeclaration);
  if (declared !== undefined) {
    const name = declared.name.text.replace(/^I/, '');
    const model = modelInFile(file.replace(/\.d\.ts$/, '.js'), name);
    return { kind: 'object', of: objectType(name, declared, resolve, model) };
  }
  const alias = source.statements.find(ts.isTypeAliasDeclaration);
  return alias === undefined ? { kind: 'any' } : typeOfNode(alias.type, resolve);
}

function objectType(
  name: string,
  declared: ts.InterfaceDeclaration | ts.TypeLiteralNode,
  resolve: (name: string) => FieldType,
  model?: Model,
): ObjectType {
  let fields: ReadonlyMap<string, FieldType> | undefined;
  return {
    name,
    get fields() {
      fields ??= withBase64(
        new Map(
          declared.members.filter(ts.isPropertySignature).flatMap(({ name: key, type }) => {
            return type !== undefined && ts.isStringLiteral(key)
              ? [[key.text, typeOfNode(type, resolve)]]
              : [];
          }),
        ),
        model,
      );
      return fields;
    },
  };
}

/** TypeScript calls base64 a string like any other, so the class is asked which of its fields cannot hold `*`. */
function withBase64(
  fields: ReadonlyMap<string, FieldType>,
  model: Model | undefined,
): ReadonlyMap<string, FieldType> {
  const texts = [...fields].filter(([, type]) => isText(type) || (type.kind === 'map' && isText(type.of)));
  const probe = texts.map(([name, { kind }]) => [name, kind === 'map' ? { '*': '*' } : '*']);
  const refused = model === undefined ? [] : pathsOfBase64(new model(Object.fromEntries(probe)));
  return new Map(
    [...fields].map(([name, type]) => {
      if (!refused.includes(name)) return [name, type];
      return [name, type.kind === 'map' ? { kind: 'map', of: { kind: 'base64' } } : { kind: 'base64' }];
    }),
  );
}

const isText = ({ kind }: FieldType): boolean => kind === 'text';

function pathsOfBase64(object: InstanceType<Model>): string[] {
  const mistakes = mistakesOf(object).filter(({ params }) => params['format'] === 'byte');
  return mistakes.map(({ instancePath }) => instancePath.split('/')[1] ?? '');
}

function mistakesOf(object: InstanceType<Model>): readonly Mistake[] {
  try {
    object.validate();
    return [];
  } catch (error) {
    if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return error.errors;
    throw error;
  }
}

function importedNames(statement: ts.ImportDeclaration): [string, string][] {
  const from = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : '';
  const bindings = statement.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ name }) => [name.text, from])
    : [];
}

function declarationFile(importer: string, from: string): string {
  return from.startsWith('.')
    ? join(dirname(importer), `${from}.d.ts`)
    : packages.resolve(from).replace(/\.js$/, '.d.ts');
}

function typeOfNode(node: ts.TypeNode, resolve: (name: string) => FieldType): FieldType {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
    case ts.SyntaxKind.LiteralType:
      return { kind: 'text' };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: 'flag' };
  }
  if (ts.isUnionTypeNode(node)) {
    const takesNumbers = node.types.some(({ kind }) => kind === ts.SyntaxKind.NumberKeyword);
    return { kind: takesNumbers ? 'numberOrText' : 'text' };
  }
  if (ts.isTypeLiteralNode(node)) {
    const [index] = node.members;
    return index !== undefined && ts.isIndexSignatureDeclaration(index)
      ? { kind: 'map', of: typeOfNode(index.type, resolve) }
      : { kind: 'object', of: objectType('object', node, resolve) };
  }
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName)) return { kind: 'any' };
  const [item] = node.typeArguments ?? [];
  if (node.typeName.text === 'Array' && item !== undefined)
    return { kind: 'list', of: typeOfNode(item, resolve) };
  return node.typeName.text.endsWith('ResourceQuantity') ? { kind: 'quantity' } : resolve(node.typeName.text);
}
