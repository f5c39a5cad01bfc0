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

function findList(
  text: string,
  provider: string,
  list: string,
): { start: number; end: number; present: string[] } {
  const source = ts.createSourceFile('manifest.ts', text, ts.ScriptTarget.Latest, true);
  let found: ts.ArrayLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (
      isProperty(node, list) &&
      ts.isArrayLiteralExpression(node.initializer) &&
      isProperty(node.parent.parent, provider)
    ) {
      found = node.initializer;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (found === undefined)
    throw new Error(`libs/providers/manifest.ts: must list ${list} of ${provider}, but does not`);
  const present = found.elements.filter(ts.isStringLiteral).map((element) => element.text);
  return { start: found.getStart(), end: found.getEnd(), present };
}

const isProperty = (node: ts.Node, name: string): node is ts.PropertyAssignment =>
  ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === name;
