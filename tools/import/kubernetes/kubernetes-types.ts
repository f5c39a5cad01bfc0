import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What Kubernetes takes as the value of a field. */
export type FieldType =
  | { readonly kind: 'plain' | 'base64' }
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
  if (typeOfKind(apiVersion, kind) === undefined) return [];
  const models: Readonly<Record<string, Model>> = packages(join(declarations, apiVersion, `${kind}.js`));
  const model = models[kind];
  try {
    if (model !== undefined) new model(value).validate();
    return [];
  } catch (error) {
    if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return error.errors;
    throw error;
  }
}

const types = new Map<string, FieldType>();

function typeInFile(file: string): FieldType {
  const type = types.get(file) ?? readDeclaration(file);
  types.set(file, type);
  return type;
}

/** Reads `export interface IPodSpec { "containers": Array<IIoK8sApiCoreV1Container>; … }` or a type alias. */
function readDeclaration(file: string): FieldType {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const imports = new Map(source.statements.filter(ts.isImportDeclaration).flatMap(importedNames));
  const resolve = (name: string): FieldType => {
    const from = imports.get(name);
    return from === undefined ? { kind: 'plain' } : typeInFile(declarationFile(file, from));
  };
  const declared = source.statements.find(ts.isInterfaceDeclaration);
  if (declared !== undefined)
    return { kind: 'object', of: objectType(declared.name.text.replace(/^I/, ''), declared, resolve) };
  const alias = source.statements.find(ts.isTypeAliasDeclaration);
  return alias === undefined ? { kind: 'plain' } : typeOfNode(alias.type, resolve);
}

/** The fields that hold base64 and are no Secret's; TypeScript calls them strings like any other. */
const base64 = new Set([
  'APIServiceSpec.caBundle',
  'WebhookClientConfig.caBundle',
  'CertificateSigningRequestSpec.request',
]);

function objectType(
  name: string,
  declared: ts.InterfaceDeclaration | ts.TypeLiteralNode,
  resolve: (name: string) => FieldType,
): ObjectType {
  let fields: ReadonlyMap<string, FieldType> | undefined;
  const readField = ({ name: key, type }: ts.PropertySignature): [string, FieldType][] => {
    if (type === undefined || !ts.isStringLiteral(key)) return [];
    return [[key.text, base64.has(`${name}.${key.text}`) ? { kind: 'base64' } : typeOfNode(type, resolve)]];
  };
  return {
    name,
    get fields() {
      return (fields ??= new Map(declared.members.filter(ts.isPropertySignature).flatMap(readField)));
    },
  };
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
  if (ts.isTypeLiteralNode(node)) {
    const [index] = node.members;
    return index !== undefined && ts.isIndexSignatureDeclaration(index)
      ? { kind: 'map', of: typeOfNode(index.type, resolve) }
      : { kind: 'object', of: objectType('object', node, resolve) };
  }
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName)) return { kind: 'plain' };
  const [item] = node.typeArguments ?? [];
  return node.typeName.text === 'Array' && item !== undefined
    ? { kind: 'list', of: typeOfNode(item, resolve) }
    : resolve(node.typeName.text);
}
