import { addressOf, formatTarget } from '../addresses';
import { isBlock } from '../block';
import {
  type Block,
  type BlockKind,
  type Step,
  type Target,
  isExpression,
  isPlainObject,
  sourceOf,
} from '../expression';
import { moved } from '../declarations';
import { type TfJson, newDraft, placeBlock } from './file-blocks';
import { problemOfText } from '../hcl/escape';
import { formatPath } from '../hcl/traversal';
import { type OwnedBlocks, type Owner } from '../known/owned-blocks';
import { type Problem } from '../problem';
import { type Reader, pointAt, readTarget } from './read-target';
import {
  type Json,
  type Reading,
  type Render,
  type Rendering,
  renderAt,
  renderLiteral,
  renderMember,
  renderTemplate,
  sourceText,
} from './render-value';

export interface Rendered {
  readonly json: TfJson;
  /** The stacks whose outputs are read. */
  readonly reads: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly composed: readonly ComposedTemplate[];
}

/** A template that is more than one reference, so that what stands in it remains to be checked. */
export interface ComposedTemplate {
  readonly block: Block;
  /** Where in the block it stands. */
  readonly path: readonly Step[];
  readonly text: string;
  /** Whether names stand in it as source text: references by themselves lead nowhere else than was checked. */
  readonly namesFreely: boolean;
}

type Position = 'template' | 'literal' | 'bare' | 'lifecycle';

/**
 * How each argument of each kind of block is evaluated; `*` stands for all that are not named. Terraform's reference
 * of each block: https://developer.hashicorp.com/terraform/language/block
 */
const positions: Record<BlockKind, Readonly<Record<string, Position>>> = {
  resource: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'lifecycle' },
  data: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'lifecycle' },
  ephemeral: { '*': 'template', depends_on: 'bare', provider: 'bare', lifecycle: 'lifecycle' },
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
  '*': 'literal',
  replace_triggered_by: 'bare',
  precondition: 'template',
  postcondition: 'template',
};

/**
 * Renders blocks as the content of one file of a stack.
 *
 * @param blocks the blocks of one workload, or of the stack's own file
 * @param owner whose file it is
 * @param known all blocks that references may lead to
 * @returns the file's content, which other stacks it reads, every mistake found, and what remains to be checked
 */
export function render(blocks: readonly Block[], owner: Owner, known: OwnedBlocks): Rendered {
  const file = newDraft();
  const page: Page = { owner, known, reads: new Set(), problems: [], composed: [] };
  for (const block of blocks) {
    checkBlock(block, new BlockRendering(block, block, page));
    for (const part of [block, ...movedBlocks(block)]) {
      const body = renderBody(part, new BlockRendering(part, block, page));
      for (const address of placeBlock(file, part, body)) {
        page.problems.push({
          where: `${owner.where}: ${address}`,
          what: 'is defined twice in one workload',
          remedy: 'Give one of the two another label',
        });
      }
    }
  }
  return { json: file, reads: page.reads, problems: page.problems, composed: page.composed };
}

/** What all blocks of a file share. */
interface Page {
  readonly owner: Owner;
  readonly known: OwnedBlocks;
  readonly reads: Set<string>;
  readonly problems: Problem[];
  readonly composed: ComposedTemplate[];
}

/** Renders for one block. A class, since a thousand apps have ten thousand blocks, and closures of each would cost time. */
class BlockRendering implements Rendering, Reader {
  readonly owner: Owner;
  readonly known: OwnedBlocks;
  readonly reads: Set<string>;
  readonly path: Step[] = [];
  #namesFreely = false;

  /**
   * @param part the block that is written: the given one, or one that follows from it
   * @param given the block that messages name
   */
  constructor(
    private readonly part: Block,
    private readonly given: Block,
    private readonly page: Page,
  ) {
    ({ owner: this.owner, known: this.known, reads: this.reads } = page);
  }

  read(target: Target): Reading {
    for (const step of target.path) {
      const problem = typeof step === 'string' ? problemOfText(step) : undefined;
      if (problem !== undefined) this.refuse(problem.what, problem.remedy);
    }
    // The data source inside a check can be read there, and nowhere else.
    const isOwn = this.part.kind === 'check' && target.root === this.part.body['data'];
    if (typeof target.root === 'string') this.nameFreely();
    return isOwn ? { source: formatTarget(target.root, target.path) } : readTarget(target, this);
  }

  point(target: Target): string {
    return pointAt(target, this);
  }

  compose(text: string): void {
    const { given: block, path } = this;
    this.page.composed.push({ block, path: [...path], text, namesFreely: this.#namesFreely });
    this.#namesFreely = false;
  }

  nameFreely(): void {
    this.#namesFreely = true;
  }

  note(what: string, remedy: string): void {
    this.refuseAt([], what, remedy);
  }

  refuse(what: string, remedy: string): void {
    this.refuseAt(this.path, what, remedy);
  }

  refuseAt(path: readonly Step[], what: string, remedy: string): void {
    const where = [this.owner.where, addressOf(this.given), formatPath(path)].filter((part) => part !== '');
    this.page.problems.push({ where: where.join(': '), what, remedy });
  }
}

/** The kinds of blocks that have no label of their own choice. */
const unlabelled: ReadonlySet<BlockKind> = new Set(['moved', 'removed', 'import', 'provider', 'terraform']);

const identifier = /^[A-Za-z_][\w-]*$/;

/** Checks labels, the names of local values included: each of these is an address of its own. */
function checkBlock({ kind, label, body, formerly }: Block, rendering: BlockRendering): void {
  const form = 'of letters, digits, "_" and "-" that starts with a letter';
  if (kind === 'locals') {
    for (const name of Object.keys(body)) {
      if (!identifier.test(name)) rendering.refuseAt([name], `must have a name ${form}`, 'Rename it');
    }
  } else if (!unlabelled.has(kind) && !identifier.test(label)) {
    rendering.refuseAt([], `must have a label ${form}`, 'Rename it');
  }
  if (formerly.length > 0 && kind !== 'resource' && kind !== 'module') {
    rendering.refuseAt(['formerly'], 'must not be set, since only resources and modules move', 'Take it out');
  }
  const labels = [...formerly, label];
  if (new Set(labels).size < labels.length) {
    rendering.refuseAt(
      ['formerly'],
      `must list other labels, each once, but lists ${labels.join(', ')}`,
      'Take the repeated one out',
    );
  }
}

/** One block for each step from the oldest label to the present one: Terraform refuses two that lead to one address. */
function movedBlocks(block: Block): Block[] {
  const addresses = block.formerly.map((label) => addressOf({ kind: block.kind, type: block.type, label }));
  return addresses.map((from, index) => moved(from, addresses[index + 1] ?? block));
}

function renderBody(block: Block, rendering: Rendering): Record<string, Json> {
  const rendered: Record<string, Json> = {};
  const table = positions[block.kind];
  for (const [name, value] of Object.entries(block.body)) {
    if (name === 'data' && block.kind === 'check') {
      if (isBlock(value))
        rendered['data'] = { [value.type]: { [value.label]: renderBody(value, rendering) } };
    } else {
      renderMember(rendered, name, name, value, rendering, renderers[positionIn(table, name)]);
    }
  }
  return rendered;
}

function renderLifecycle(lifecycle: unknown, rendering: Rendering): Json | undefined {
  if (!isPlainObject(lifecycle)) return renderLiteral(lifecycle, rendering);
  const rendered: Record<string, Json> = {};
  for (const [name, value] of Object.entries(lifecycle)) {
    renderMember(rendered, name, name, value, rendering, renderers[positionIn(lifecyclePositions, name)]);
  }
  return rendered;
}

/** A local value or an argument may be called `constructor`, which every object seems to have. */
function positionIn(table: Readonly<Record<string, Position>>, name: string): Position {
  return (Object.hasOwn(table, name) ? table[name] : table['*']) ?? 'template';
}

/** Addresses without `${…}`: depends_on, provider, replace_triggered_by, moved, removed, import.to. */
function renderBare(value: unknown, rendering: Rendering): Json | undefined {
  if (isBlock(value)) {
    return value.kind === 'provider' ? providerAddress(value) : rendering.point({ root: value, path: [] });
  }
  if (isExpression(value)) {
    const made = sourceOf(value);
    return made?.kind === 'reference' ? rendering.point(made.target) : sourceText(value, rendering);
  }
  if (Array.isArray(value))
    return value.map((item, index) => renderAt(index, item, rendering, renderBare) ?? null);
  if (!isPlainObject(value)) return renderLiteral(value, rendering);
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    renderAt(key, item, rendering, renderBare) ?? null,
  ]);
  return Object.fromEntries(entries) as Json;
}

function providerAddress({ label, body }: Block): string {
  return typeof body['alias'] === 'string' ? `${label}.${body['alias']}` : label;
}

const renderers: Record<Position, Render> = {
  template: renderTemplate,
  literal: renderLiteral,
  bare: renderBare,
  lifecycle: renderLifecycle,
};
