import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FileBlock,
  type TfJson,
  blocksIn,
  formatPath,
  locate,
  readTemplate,
  readTraversal,
} from '@home/terraform';

/** A member of Terraform's JSON; nested blocks that may be repeated can be an object or an array. */
export type Member = Readonly<Record<string, unknown>>;

/** A block of a generated file, as it stands there. */
export interface GeneratedBlock extends FileBlock {
  readonly stack: string;
  /** The file's name without its ending. */
  readonly workload: string;
}

/**
 * The blocks of one stack's committed files: what Terraform would apply, and so what is to be proved. A stack that the home
 * lacks has none.
 */
export function readGeneratedStack(stack: string, root = 'terraform'): GeneratedBlock[] {
  const folder = join(root, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf.json'))
    .sort()
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as TfJson;
      const workload = name.slice(0, -'.tf.json'.length);
      return blocksIn(file).map((block) => ({ ...block, stack, workload }));
    });
}

/** The blocks of all stacks' committed files; none where nothing was generated yet. */
export function readGeneratedHome(root = 'terraform'): GeneratedBlock[] {
  const stacks = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
  return stacks
    .filter((stack) => stack.isDirectory())
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((stack) => readGeneratedStack(stack.name, root));
}

/**
 * The image that generated pods run, with its version; undefined where none runs it.
 *
 * @param name such as `coredns/coredns`
 * @throws Error when pods run different versions
 */
export function generatedImage(blocks: readonly GeneratedBlock[], name: string): string | undefined {
  const text = JSON.stringify(blocks.map(({ body }) => body));
  const images = new Set(
    [...text.matchAll(new RegExp(`"(${name}[:@][^"]+)"`, 'g'))].map(([, one = '']) => one),
  );
  const [image, ...others] = images;
  if (others.length > 0)
    throw new Error(`The generated files run several versions: ${[...images].join(', ')}.`);
  return image;
}

/** The one nested block of a name. */
export function one(member: unknown): Member {
  const [first] = many(member);
  return first ?? {};
}

/** All nested blocks of a name. */
export function many(member: unknown): readonly Member[] {
  if (member === undefined || member === null) return [];
  return (Array.isArray(member) ? member : [member]) as readonly Member[];
}

/** Gives the value of an attribute that only a provider knows, such as a check's address. */
export type Computed = (block: GeneratedBlock, attribute: string) => string | undefined;

/**
 * What a generated value evaluates to, as far as the stack's own literals and `computed` tell. Generated files refer to
 * whole attributes only, so `${type.label.attribute}` is all that is understood.
 *
 * @throws Error naming the expression that cannot be evaluated
 */
export function evaluate(
  value: unknown,
  blocks: readonly GeneratedBlock[],
  computed: Computed = () => undefined,
): string {
  const { parts } = readTemplate(String(value));
  return parts.map((part) => (typeof part === 'string' ? part : known(part.code))).join('');

  function known(code: string): string {
    // What Terraform would not take as it is stands there as a text of its own: `${"\\r"}`.
    if (/^"[^{]*"$/.test(code)) return JSON.parse(code) as string;
    const found = lookUp(code, blocks, computed);
    if (found === undefined) throw new Error(`Nothing in the generated files tells what \${${code}} is.`);
    return found;
  }
}

function lookUp(code: string, blocks: readonly GeneratedBlock[], computed: Computed): string | undefined {
  const traversal = readTraversal(code);
  const located = traversal && locate(traversal);
  const block = blocks.find(
    ({ kind, type, label }) => kind === located?.kind && type === located.type && label === located.label,
  );
  if (located === undefined || block === undefined) return undefined;
  const { path } = located;
  let value: unknown = block.body;
  for (const step of path) {
    value = typeof step === 'number' ? many(value)[step] : (value as Member | undefined)?.[step ?? ''];
  }
  return typeof value === 'string' || typeof value === 'number'
    ? evaluate(value, blocks, computed)
    : computed(block, formatPath(path.map((step) => step ?? '')));
}
