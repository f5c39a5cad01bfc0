import { type Block, type BlockKind, type Body, isBlock } from './block';
import { type Step, type Target, isExpression, sourceOf } from './expression';
import { type Home, type Owner } from './home';
import { knownValue } from './known-value';
import { type Problem } from './problem';
import {
  type Json,
  type Reading,
  type Rendering,
  type RenderMember,
  formatPath,
  formatSteps,
  isPlainObject,
  renderMember,
  renderLiteral,
  renderTemplate,
  sourceText,
} from './render-value';

/** The content of one `.tf.json` file. */
export type TfJson = { readonly [kind: string]: Json };

export interface Rendered {
  readonly json: TfJson;
  /** The stacks whose outputs are read. */
  readonly reads: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

type Position = 'template' | 'literal' | 'bare';

/**
 * How each argument of each kind of block is evaluated; `*` stands for all that are not named. Terraform's reference
 * of each block: https://developer.hashicorp.com/terraform/language/block
 */
const positions: Record<BlockKind, Readonly<Record<string, Position>>> = {
  resource: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'literal' },
  data: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'literal' },
  ephemeral: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'literal' },
  output: { '*': 'template', description: 'literal', depends_on: 'bare' },
  variable: { '*': 'literal', validation: 'template' },
  locals: { '*': 'template' },
  module: { '*': 'template', source: 'literal', version: 'literal', depends_on: 'bare', providers: 'bare' },
  moved: { '*': 'bare' },
  removed: { '*': 'literal', from: 'bare' },
  import: { '*': 'template', to: 'bare', provider: 'bare' },
  check: { '*': 'template', depends_on: 'bare' },
  provider: { '*': 'template', alias: 'literal', version: 'literal' },
  terraform: { '*': 'literal' },
};

/** The members of `lifecycle` that are not literal. */
const lifecyclePositions: Readonly<Record<string, Position>> = {
  replace_triggered_by: 'bare',
  precondition: 'template',
  postcondition: 'template',
};

/**
 * Renders blocks as the content of one file of a stack.
 *
 * @param blocks the blocks of one workload, or of the stack's own file
 * @param owner whose file it is
 * @param home all blocks that references may lead to
 * @returns the file's content, which other stacks it reads, and every mistake found
 */
export function render(blocks: readonly Block[], owner: Owner, home: Home): Rendered {
  const file: Record<string, Json> = {};
  const reads = new Set<string>();
  const problems: Problem[] = [];
  for (const block of blocks) {
    const rendering: Rendering = {
      read: (target) => read(target, owner, home, reads, refuseAt(block, [])),
      refuse: (path, what, remedy) => refuseAt(block, path)(what, remedy),
    };
    for (const part of [block, ...movedBlocks(block)]) {
      if (!place(file, part, renderBody(part, rendering))) {
        problems.push({
          where: `${owner.where}: ${addressOf(part)}`,
          what: 'is defined twice in one workload',
          remedy: 'Give one of the two another label',
        });
      }
    }
    if (!/^[A-Za-z_][\w-]*$/.test(block.label) && block.kind !== 'provider' && block.label !== '') {
      refuseAt(block, [])('must have a label of letters, digits, "_" and "-" that starts with a letter', 'Rename it');
    }
  }
  return { json: file, reads, problems };

  function refuseAt(block: Block, path: readonly Step[]): (what: string, remedy: string) => void {
    const where = [owner.where, addressOf(block), formatPath(path)].filter((part) => part !== '').join(': ');
    return (what, remedy) => problems.push({ where, what, remedy });
  }
}

/** The address by which Terraform knows a block; outputs, checks and the like are named the same way in messages. */
export function addressOf(block: Block): string {
  const prefix: Partial<Record<BlockKind, string>> = { resource: '', variable: 'var', locals: 'local' };
  return [prefix[block.kind] ?? block.kind, block.type, block.label].filter((part) => part !== '').join('.');
}

function movedBlocks(block: Block): Block[] {
  return block.formerly.map((label) => ({
    ...block,
    kind: 'moved',
    type: '',
    label: '',
    formerly: [],
    body: { from: addressOf({ ...block, label }), to: block },
  }));
}

function read(
  target: Target,
  owner: Owner,
  home: Home,
  reads: Set<string>,
  refuse: (what: string, remedy: string) => void,
): Reading {
  const { root, path } = target;
  if (typeof root === 'string') return { source: root + formatSteps(path) };
  const owners = home.owners(root);
  if (owners.some(({ stack }) => stack === owner.stack)) return readInside(root, path);
  const known = root.kind === 'variable' ? undefined : knownValue(root, path);
  if (known !== undefined && root.kind !== 'output') return known;
  const address = addressOf(root) + formatSteps(path);
  const [other] = owners;
  if (other === undefined) {
    refuse(`${address} must belong to a workload, but none exports it`, remedyForUnowned(root, owner));
    return { source: address };
  }
  const declared = home.outputs(other.stack).find((output) => covers(output, root, path));
  if (declared === undefined) {
    refuse(
      `${address} is computed in the stack ${other.stack}, and only its outputs cross to ${owner.stack}`,
      `Export this from ${other.where}/main.ts: output('${suggestName(root, path)}', …)`,
    );
    return { source: address };
  }
  reads.add(other.stack);
  const rest = declared === root ? path : path.slice(referencePath(declared).length);
  return { source: `data.terraform_remote_state.${other.stack}.outputs.${declared.label}${formatSteps(rest)}` };
}

function readInside(root: Block, path: readonly Step[]): Reading {
  const known = root.kind === 'output' ? knownValue(root, path) : undefined;
  return known ?? { source: addressOf(root) + formatSteps(path) };
}

function remedyForUnowned(root: Block, owner: Owner): string {
  return root.kind === 'variable'
    ? `Add it to the blocks of the stack ${owner.stack} in its stack.ts`
    : 'Add the block to the default export of the main.ts that makes it';
}

function covers(output: Block, root: Block, path: readonly Step[]): boolean {
  if (output === root) return true;
  const value = output.body['value'];
  const made = isExpression(value) ? sourceOf(value) : undefined;
  if (made?.kind !== 'reference' || made.target.root !== root) return false;
  return made.target.path.every((step, index) => step === path[index]);
}

function referencePath(output: Block): readonly Step[] {
  const value = output.body['value'];
  const made = isExpression(value) ? sourceOf(value) : undefined;
  return made?.kind === 'reference' ? made.target.path : [];
}

const suggestName = (root: Block, path: readonly Step[]): string =>
  [root.label, ...path.filter((step) => typeof step === 'string')].join('_').replaceAll('-', '_');

function renderBody(block: Block, rendering: Rendering): Record<string, Json> {
  const rendered: Record<string, Json> = {};
  const table = positions[block.kind];
  for (const [name, value] of Object.entries(block.body)) {
    if (name === 'data' && block.kind === 'check') {
      if (isBlock(value)) rendered['data'] = { [value.type]: { [value.label]: renderBody(value, rendering) } };
    } else if (name === 'lifecycle' && isPlainObject(value)) {
      rendered[name] = renderLifecycle(value, rendering);
    } else {
      renderMember(rendered, name, value, [name], rendering, renderers[table[name] ?? table['*'] ?? 'template']);
    }
  }
  return rendered;
}

function renderLifecycle(lifecycle: Body, rendering: Rendering): Json {
  const rendered: Record<string, Json> = {};
  for (const [name, value] of Object.entries(lifecycle)) {
    const render = renderers[lifecyclePositions[name] ?? 'literal'];
    renderMember(rendered, name, value, ['lifecycle', name], rendering, render);
  }
  return rendered;
}

/** Addresses without `${…}`: depends_on, provider, replace_triggered_by, moved, removed, import.to. */
function renderBare(value: unknown, path: readonly Step[], rendering: Rendering): Json | undefined {
  if (isBlock(value)) return value.kind === 'provider' ? providerAddress(value) : addressOf(value);
  if (isExpression(value)) return sourceText(value, path, rendering);
  if (Array.isArray(value)) return value.map((item, index) => renderBare(item, [...path, index], rendering) ?? null);
  if (!isPlainObject(value)) return renderLiteral(value, path, rendering);
  const entries = Object.entries(value).map(([key, item]) => [key, renderBare(item, [...path, key], rendering) ?? null]);
  return Object.fromEntries(entries) as Json;
}

function providerAddress({ label, body }: Block): string {
  return typeof body['alias'] === 'string' ? `${label}.${body['alias']}` : label;
}

const renderers: Record<Position, RenderMember> = {
  template: renderTemplate,
  literal: renderLiteral,
  bare: renderBare,
};

/** Puts a rendered block where the JSON syntax wants its kind; false when its place is taken. */
function place(file: Record<string, Json>, block: Block, body: Json): boolean {
  const { kind, type, label } = block;
  if (kind === 'moved' || kind === 'removed' || kind === 'import') {
    file[kind] = [...((file[kind] as Json[] | undefined) ?? []), body];
    return true;
  }
  const path = kind === 'locals' || kind === 'terraform' ? [kind] : [kind, type, label].filter((step) => step !== '');
  let parent = file;
  for (const step of path.slice(0, -1)) parent = (parent[step] ??= {}) as Record<string, Json>;
  const last = path.at(-1) ?? kind;
  const present = parent[last];
  if (kind === 'locals' || kind === 'terraform') {
    parent[last] = { ...(present as object | undefined), ...(body as object) };
    return true;
  }
  if (kind === 'provider') {
    parent[last] = [...((present as Json[] | undefined) ?? []), body];
    return true;
  }
  parent[last] = body;
  return present === undefined;
}
