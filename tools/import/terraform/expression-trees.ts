import { type TFExpressionSyntaxTree, getExpressionAst } from '@cdktf/hcl2json';
import { isPlainObject } from '@home/terraform';
import { splitTemplate } from './split-template';

export type Tree = TFExpressionSyntaxTree.ExpressionType;

/** A reference written out: `var.name`, `kubernetes_service_v1.web.metadata[0].name`. */
const plainTraversal = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\.\d+|\[(\d+|"[^"\\$%]*")\])*$/;

const keywords = new Set(['true', 'false', 'null']);

/** The steps of a plain reference; undefined for any other expression. */
export function traversalIn(source: string): (string | number)[] | undefined {
  if (!plainTraversal.test(source) || keywords.has(source)) return undefined;
  const steps = source.match(/[A-Za-z_][\w-]*|\d+|"[^"]*"/g) ?? [];
  return steps.map(readStep);
}

function readStep(step: string): string | number {
  if (/^\d+$/.test(step)) return Number(step);
  return step.startsWith('"') ? step.slice(1, -1) : step;
}

/** The syntax trees of all expressions in some bodies, except plain references, by their sources. */
export async function parseExpressions(bodies: readonly unknown[]): Promise<ReadonlyMap<string, Tree>> {
  const sources = new Set(
    bodies.flatMap(expressionsIn).filter((source) => traversalIn(source) === undefined),
  );
  const trees = new Map<string, Tree>();
  for (const source of sources) {
    // What the parser does not take keeps its text.
    const tree = await getExpressionAst('expression.tf', source).catch(() => null);
    if (tree !== null) trees.set(source, tree);
  }
  return trees;
}

/** A directive of a template with an expression: `if a == b`, `for key, value in c`. */
export const directive = /^(if |for [\w\s,-]+ in )\s*(.+)$/s;

/** The sources of all `${…}` in a value, object keys included. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return splitTemplate(value).flatMap((part) => {
      if (part.kind === 'expression') return [part.source];
      return part.kind === 'directive' ? (directive.exec(part.source)?.slice(2) ?? []) : [];
    });
  }
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [...expressionsIn(key), ...expressionsIn(member)]);
}
