import type { Problem } from '@home/terraform';
import { isPlainObject } from '@home/terraform';
import { parse } from '@cdktf/hcl2json';
import { basename } from 'node:path';
import { fieldsOf, mapTexts } from '../kubernetes/fields';
import type { Source } from '../source/read-source';
import { type HclBody, inWrittenOrder } from './block-order';
import { type LayoutBody, type LayoutItem, scanLayout, readableSource } from './scan-layout';

/** One block of a file. */
export interface HclBlock {
  /** `resource`, `variable` … */
  readonly kind: string;
  /** The type of a resource, data source or ephemeral resource; empty for other kinds. */
  readonly type: string;
  /** Of `locals`, of which there is one for each value, the value's name. */
  readonly label: string;
  readonly body: HclBody;
  readonly comment: readonly string[];
  /** `file:line` */
  readonly where: string;
  /** The file's name without its ending. */
  readonly file: string;
}

/** The blocks of a folder's files, in the order in which they stand there. */
export interface HclModule {
  readonly blocks: readonly HclBlock[];
  readonly problems: readonly Problem[];
}

/** Parses the files of one module. */
export async function parseModule(sources: readonly Source[]): Promise<HclModule> {
  const parsed = await Promise.all(sources.map(parseFile));
  return {
    blocks: withOverrides(parsed.flatMap(({ blocks }) => blocks)),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

/**
 * Blocks with what override files say of them: their arguments, and their nested blocks in the place of all of the same kind.
 * https://developer.hashicorp.com/terraform/language/files/override
 */
function withOverrides(blocks: readonly HclBlock[]): HclBlock[] {
  const isOverride = ({ file }: HclBlock): boolean => /(^|_)override$/.test(file);
  const overrides = blocks.filter(isOverride);
  const key = ({ kind, type, label }: HclBlock): string => [kind, type, label].join(' ');
  return blocks
    .filter((block) => !isOverride(block))
    .map((block) =>
      overrides
        .filter((one) => key(one) === key(block))
        .reduce((merged, { body }) => ({ ...merged, body: { ...merged.body, ...body } }), block),
    );
}

/** `resource.kubernetes_namespace.web` → `kubernetes_namespace.web`, which is the same. */
const withoutPrefix = (body: HclBody): HclBody =>
  fieldsOf(
    mapTexts(body, (text) =>
      text.includes('resource.')
        ? text.replace(/\$\{[^]*?\}/g, (expression) =>
            expression.replace(/(?<![\w."-])resource\.(?=[a-z]\w*\.[A-Za-z_])/g, ''),
          )
        : text,
    ),
  );

async function parseFile({ file, text }: Source): Promise<HclModule> {
  try {
    const json: unknown = await parse(basename(file), readableSource(text));
    return { blocks: isPlainObject(json) ? blocksOf(json, file, scanLayout(text)) : [], problems: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { blocks: [], problems: problemsIn(message, file) };
  }
}

/** `parse config: [a.tf:3,5-8: Summary; Detail. a.tf:9,1-2: …]` → one problem each. */
function problemsIn(message: string, file: string): Problem[] {
  const name = basename(file).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [
    ...message.matchAll(new RegExp(`${name}:(\\d+),\\d+-[\\d,]+: (.*?)(?= ${name}:\\d+,|\\]?$)`, 'gs')),
  ];
  const remedy = 'Fix it; terraform fmt finds the same';
  if (found.length === 0) return [{ where: `${file}:1`, what: `must be HCL: ${message}`, remedy }];
  return found.map(([, line, what]) => ({ where: `${file}:${line}`, what: `must be HCL: ${what}`, remedy }));
}

/** How many labels the blocks of a kind have; those that are not named have none. */
const labelsOf: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  check: 1,
};

function blocksOf(json: HclBody, file: string, layout: LayoutBody): HclBlock[] {
  const left: HclBody = JSON.parse(JSON.stringify(json));
  const blocks = layout.items.flatMap((item) => {
    const body = takeBody(left, item);
    return body === undefined ? [] : blocksFor(item, body, file);
  });
  return [...blocks, ...remaining(left).flatMap(([item, body]) => blocksFor(item, body, file))];
}

function blocksFor(item: LayoutItem, given: HclBody, file: string): HclBlock[] {
  const { name, labels, body: layout } = item;
  const body = withoutPrefix(inWrittenOrder(given, layout));
  const place = ({ line, comment }: LayoutItem) => ({
    comment,
    where: `${file}:${line}`,
    file: basename(file).replace(/\.tf$/, ''),
  });
  if (name === 'locals') {
    return Object.entries(body).map(([label, value]) => {
      const own = layout?.items.find((one) => one.name === label) ?? item;
      return { kind: name, type: '', label, body: { [label]: value }, ...place(own) };
    });
  }
  const [first = '', second = ''] = labels;
  const isTyped = labelsOf[name] === 2;
  return [{ kind: name, type: isTyped ? first : '', label: isTyped ? second : first, body, ...place(item) }];
}

/** Blocks that the layout does not show, so that nothing is lost where it errs. */
function remaining(json: HclBody): [LayoutItem, HclBody][] {
  const collect = (name: string, value: unknown, labels: readonly string[]): [LayoutItem, HclBody][] => {
    if (labels.length < (labelsOf[name] ?? 0)) {
      const members = isPlainObject(value) ? Object.entries(value) : [];
      return members.flatMap(([label, member]) => collect(name, member, [...labels, label]));
    }
    const bodies: readonly unknown[] = Array.isArray(value) ? value : [];
    return bodies.filter(isPlainObject).map((body) => [{ name, labels, line: 1, comment: [] }, body]);
  };
  return Object.entries(json).flatMap(([name, value]) => collect(name, value, []));
}

/** Takes the next body with the block's kind and labels: `{ resource: { type: { label: [body] } } }`. */
function takeBody(json: HclBody, { name, labels }: LayoutItem): HclBody | undefined {
  let place: unknown = json[name];
  for (const label of labels) place = isPlainObject(place) ? place[label] : undefined;
  const body: unknown = Array.isArray(place) ? place.shift() : undefined;
  return isPlainObject(body) ? body : undefined;
}
