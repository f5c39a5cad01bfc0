import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What Kubernetes takes as the value of a field. */
export type FieldType =
  | { readonly kind: 'text' | 'number' | 'flag' | 'quantity' | 'numberOrText' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly of: ObjectType };

/** A type of Kubernetes' API: `Deployment`, `PodSpec` … */
export interface ObjectType {
  readonly name: string;
  /** Read when first asked for, since types refer to each other in circles. */
  readonly fields: ReadonlyMap<string, FieldType>;
}

/** Where the package keeps the declarations of all types, one file each: `apps/v1/Deployment.d.ts`. */
const declarations = dirname(require.resolve('kubernetes-models'));

const known = new Map<string, FieldType>();

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
    return { kind: 'object', of: objectType(declared.name.text.replace(/^I/, ''), declared, resolve) };
  }
  const alias = source.statements.find(ts.isTypeAliasDeclaration);
  return alias === undefined ? { kind: 'any' } : typeOfNode(alias.type, resolve);
}

function objectType(
  name: string,
  declared: ts.InterfaceDeclaration | ts.TypeLiteralNode,
  resolve: (name: string) => FieldType,
): ObjectType {
  let fields: ReadonlyMap<string, FieldType> | undefined;
  return {
    name,
    get fields() {
      fields ??= new Map(
        declared.members.filter(ts.isPropertySignature).flatMap(({ name, type }) => {
          return type !== undefined && ts.isStringLiteral(name)
            ? [[name.text, typeOfNode(type, resolve)]]
            : [];
        }),
      );
      return fields;
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
    : require.resolve(from).replace(/\.js$/, '.d.ts');
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
