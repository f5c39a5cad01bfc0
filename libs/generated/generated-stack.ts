import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatPath, locate, readTemplate, readTraversal } from '@home/terraform';

/** A member of Terraform's JSON; nested blocks that may be repeated can be an object or an array. */
export type Member = Readonly<Record<string, unknown>>;

/** A block of a generated file, as it stands there. */
export interface GeneratedBlock {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly label: string;
  readonly body: Member;
  /** The file's name without its ending. */
  readonly workload: string;
}

/** The blocks of one stack's committed files: what Terraform would apply, and so what is to be proved. */
export function readGeneratedStack(stack: string, root = 'terraform'): GeneratedBlock[] {
  const folder = join(root, stack);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf.json'))
    .sort()
    .flatMap((name) => readGeneratedFile(join(folder, name), name.slice(0, -'.tf.json'.length)));
}

function readGeneratedFile(path: string, workload: string): GeneratedBlock[] {
  const file = JSON.parse(readFileSync(path, 'utf8')) as Record<
    string,
    Record<string, Record<string, Member>>
  >;
  return (['resource', 'data'] as const).flatMap((kind) =>
    Object.entries(file[kind] ?? {}).flatMap(([type, labels]) =>
      Object.entries(labels).map(([label, body]) => ({ kind, type, label, body, workload })),
    ),
  );
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
