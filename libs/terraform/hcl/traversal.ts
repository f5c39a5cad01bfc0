import { type Step } from '../expression';
import { escape } from './escape';

/** A step of a traversal in source text; `undefined` stands for a key or index that is computed, such as `[each.key]`. */
export type TraversalStep = Step | undefined;

/** A name and the steps from there, as source text has them: `a.b.c[0]` → `["a", "b", "c", 0]`. */
export interface Traversal {
  readonly source: string;
  readonly steps: readonly TraversalStep[];
}

/** What a traversal starts at, by Terraform's address of it, and the steps from there. */
export interface Located {
  readonly kind: 'resource' | 'data' | 'ephemeral' | 'variable' | 'locals' | 'module';
  readonly type: string;
  readonly label: string;
  readonly address: string;
  readonly path: readonly TraversalStep[];
}

const identifier = String.raw`[A-Za-z_][\w-]*`;
const text = String.raw`"(?:[^"\\]|\\.)*"`;
const step = String.raw`\.${identifier}|\[(?:${text}|[^[\]"*]+)\]`;
const traversal = new RegExp(String.raw`(?<![\w."\]-])${identifier}(?:${step})+`, 'g');
const steps = new RegExp(String.raw`(?:^|\.)(${identifier})|\[(?:(\d+)|(${text})|([^[\]]+))\]`, 'g');
const whole = new RegExp(`^${identifier}(?:${step})*$`);

/**
 * The traversals in source text, those inside the brackets of others too. A splat (`a.b[*].c`) ends one, and a text
 * that holds a name must have been blanked: see `readTemplate`.
 */
export function traversalsIn(code: string): Traversal[] {
  return [...code.matchAll(traversal)].flatMap(([source]) => [
    { source, steps: stepsOf(source) },
    ...[...source.matchAll(steps)].flatMap(([, , , , computed = '']) => traversalsIn(computed)),
  ]);
}

/** Reads source text that is a name or a traversal and nothing else; undefined for any other. */
export function readTraversal(code: string): Traversal | undefined {
  const source = code.trim();
  return whole.test(source) ? { source, steps: stepsOf(source) } : undefined;
}

function stepsOf(source: string): TraversalStep[] {
  return [...source.matchAll(steps)].map(([, name, index, key]) => {
    if (name !== undefined) return name;
    if (index !== undefined) return Number(index);
    // A blanked text may have been any.
    return key === undefined || key === '""' ? undefined : unquote(key);
  });
}

function unquote(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

const singleKinds = { var: 'variable', local: 'locals', module: 'module' } as const;

/**
 * Finds where a traversal starts. Whether there is such a block is for the caller to look up: `each.key` and an iterator
 * read like a resource of the type `each`.
 *
 * @returns undefined when there are too few steps for an address
 */
export function locate({ steps: [root, ...rest] }: Traversal): Located | undefined {
  const [first, second, ...others] = rest;
  if (typeof root !== 'string' || typeof first !== 'string') return undefined;
  if (root === 'var' || root === 'local' || root === 'module') {
    const kind = singleKinds[root];
    return { kind, type: '', label: first, address: `${root}.${first}`, path: rest.slice(1) };
  }
  if (root !== 'data' && root !== 'ephemeral') {
    return { kind: 'resource', type: root, label: first, address: `${root}.${first}`, path: rest.slice(1) };
  }
  if (typeof second !== 'string') return undefined;
  return { kind: root, type: first, label: second, address: `${root}.${first}.${second}`, path: others };
}

/** `["metadata", 0, "labels", "app/name"]` → `.metadata[0].labels["app/name"]`, to be put behind an address. */
export function formatSteps(path: readonly Step[]): string {
  return path.map(formatStep).join('');
}

function formatStep(step: Step): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${escape.quoted(step)}]`;
}

/** The same without a dot in front, for messages. */
export const formatPath = (path: readonly Step[]): string => formatSteps(path).replace(/^\./, '');
