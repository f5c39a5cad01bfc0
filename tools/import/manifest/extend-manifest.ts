import ts from 'typescript';
import { prettify } from '@home/files';

/** Types of one provider that the manifest lacks. */
export interface Wanted {
  readonly provider: string;
  readonly list: 'resources' | 'dataSources' | 'ephemeralResources';
  readonly types: readonly string[];
}

/**
 * Adds types to the lists of `libs/providers/manifest.ts`, in alphabetical order.
 *
 * @returns the new text; the same as before when nothing is missing
 * @throws Error when the manifest has another form than it had when this was written
 */
export async function extendManifest(text: string, wanted: readonly Wanted[]): Promise<string> {
  let extended = text;
  for (const { provider, list, types } of wanted) {
    const { start, end, present } = findList(extended, provider, list);
    const missing = types.filter((type) => !present.includes(type));
    if (missing.length === 0) continue;
    const all = [...new Set([...present, ...missing])].sort().map((type) => `'${type}'`);
    extended = `${extended.slice(0, start)}[${all.join(', ')}]${extended.slice(end)}`;
  }
  return extended === text ? text : prettify(extended);
}

/**
 * Declares providers, with no settings, in the text of a `stack.ts`.
 *
 * @throws Error when it does not list its providers
 */
export async function extendStack(text: string, providers: readonly string[]): Promise<string> {
  const missing = providers.filter((name) => !new RegExp(`\\b${name}:`).test(text));
  if (missing.length === 0) return text;
  const found = find(
    text,
    (node) => isProperty(node, 'providers') && ts.isObjectLiteralExpression(node.initializer),
  );
  if (found === undefined) throw new Error('stack.ts: must list its providers, but does not');
  const declared = missing.map((name) => `${name}: [provider('${name}', {})],`).join(' ');
  const at = found.end - 1;
  const extended = `${text.slice(0, at).replace(/,?\s*$/, ',')} ${declared} ${text.slice(at)}`;
  const known = /\bprovider\b.*from '@home\/providers'/.test(text);
  return prettify(known ? extended : `import { provider } from '@home/providers';\n${extended}`);
}

function findList(
  text: string,
  provider: string,
  list: string,
): { start: number; end: number; present: string[] } {
  const found = find(
    text,
    (node) =>
      isProperty(node, list) &&
      ts.isArrayLiteralExpression(node.initializer) &&
      isProperty(node.parent.parent, provider),
  );
  if (found === undefined || !ts.isArrayLiteralExpression(found))
    throw new Error(`libs/providers/manifest.ts: must list ${list} of ${provider}, but does not`);
  const present = found.elements.filter(ts.isStringLiteral).map((element) => element.text);
  return { start: found.getStart(), end: found.getEnd(), present };
}

/** What the property that is looked for is set to. */
function find(text: string, isWanted: (node: ts.Node) => boolean): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (isWanted(node) && ts.isPropertyAssignment(node)) found = node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

const isProperty = (node: ts.Node, name: string): node is ts.PropertyAssignment =>
  ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === name;
