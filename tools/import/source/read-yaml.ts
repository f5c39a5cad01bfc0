import type { Problem } from '@home/terraform';
import {
  type Alias,
  type Document,
  LineCounter,
  type Node,
  type Pair,
  type ParseOptions,
  type Tags,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Source } from './read-source';

/** The steps to a value in a document. */
export type Path = readonly (string | number)[];

/** One document of a YAML file. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** The line of a value, or of the innermost thing around it that is there. */
  lineOf(path: Path): number;
}

/** Which YAML a program reads: Kubernetes' tools 1.1 without its dates and sexagesimal numbers, compose 1.2. */
export type Dialect = '1.1' | '1.2';

/** No tool here takes `12:30` for 750, or `2001-01-01` for a point in time. */
const leftOut = new Set([
  'tag:yaml.org,2002:timestamp',
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
]);

/** Parses a file of one or more documents. */
export function readYaml(
  { file, text }: Source,
  version: Dialect,
): { documents: YamlDocument[]; problems: Problem[] } {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    version,
    merge: true,
    lineCounter,
    prettyErrors: true,
    customTags: (tags) => [...tags.filter(isPlain).map(exact), ...mergeTags],
  });
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const mistakes = [...document.errors, ...document.warnings];
    const key = mistakes.length > 0 ? undefined : strangeKey(document);
    const problem = (line: number, what: string): Problem => ({
      where: `${file}:${line}`,
      what,
      remedy: remedyFor(file, text),
    });
    problems.push(
      ...mistakes.map(({ message, linePos }) =>
        problem(linePos?.[0].line ?? 1, `must be YAML: ${firstLine(message)}`),
      ),
    );
    if (key !== undefined)
      problems.push(
        problem(lineCounter.linePos(key.range?.[0] ?? 0).line, 'must be YAML with plain texts as keys'),
      );
    if (mistakes.length > 0 || key !== undefined) continue;
    try {
      const value: unknown = document.toJS({ maxAliasCount: 10_000 });
      if (holdsItself(value)) throw new Error('an anchor must not stand inside its own alias');
      documents.push({ file, value, lineOf: (path) => lineOf(document, path, lineCounter) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push(problem(lineOfAlias(document, lineCounter), `must be YAML: ${firstLine(message)}`));
    }
  }
  return { documents, problems };
}

/** Compose's own tags, for files that are merged: here one stands alone. */
const mergeTags: Tags = [
  { tag: '!reset', resolve: () => null },
  { tag: '!reset', collection: 'map', resolve: () => null },
  { tag: '!reset', collection: 'seq', resolve: () => null },
  { tag: '!override', resolve: (text: string) => text },
  { tag: '!override', collection: 'map', resolve: (map) => map },
  { tag: '!override', collection: 'seq', resolve: (list) => list },
];

/** A whole number that is too large to be exact stays the text that it is. */
function exact(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:int' || tag.collection !== undefined)
    return tag;
  return {
    ...tag,
    resolve: (text: string, ...more: [(message: string) => void, ParseOptions]) => {
      const value: unknown = tag.resolve(text, ...more);
      return typeof value === 'number' && !Number.isSafeInteger(value) ? text : value;
    },
  };
}

/** Whether something holds itself, as an anchor within its own alias does. */
function holdsItself(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const holds = Object.values(value).some((one) => holdsItself(one, above, done));
  above.delete(value);
  done.add(value);
  return holds;
}

function isPlain(tag: Tags[number]): boolean {
  return (
    typeof tag === 'string' ||
    !('tag' in tag) ||
    (!leftOut.has(tag.tag) && !('format' in tag && tag.format === 'TIME'))
  );
}

const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');

/** How programs say on their output that they failed: `Error: INSTALLATION FAILED: …`, `panic: …`. */
export const failure = /^(error|panic|fatal|traceback)\b.{0,80}/im;

function remedyFor(file: string, text: string): string {
  const [said] = failure.exec(text) ?? [];
  if (said !== undefined)
    return `The program that wrote it says "${said}": fix that, and import what it then writes`;
  if (/\{\{.*\}\}/.test(text))
    return 'It is a template: render it first, with helm template CHART | npx nx g import --from -';
  return file.endsWith('.tf') ? 'Rename it' : 'Fix it and import it again';
}

/** A key that is a list or a map, as in `{{ .Values.name }}`. */
function strangeKey(document: Document): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Pair(_, { key }) {
      if (!isCollection(key)) return undefined;
      found = key;
      return visit.BREAK;
    },
  });
  return found;
}

function lineOf(document: Document, path: Path, counter: LineCounter): number {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  for (const step of path) {
    const target = resolved(node, document);
    const pair = pairIn(target, step, document);
    node = pair?.value ?? (isSeq(target) && typeof step === 'number' ? target.items[step] : undefined);
    const found = rangeOf(pair?.key) ?? rangeOf(node);
    if (found === undefined) break;
    offset = found;
  }
  return counter.linePos(offset).line;
}

const resolved = (node: unknown, document: Document): unknown =>
  isAlias(node) ? node.resolve(document) : node;

/** The pair with a key, also where a merge brings it in. */
function pairIn(map: unknown, key: string | number, document: Document): Pair | undefined {
  if (!isMap(map)) return undefined;
  const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  if (own !== undefined) return own;
  const merged = map.items
    .filter((pair) => isScalar(pair.key) && isMerge(pair.key.value))
    .map((pair) => resolved(pair.value, document));
  return merged
    .flatMap((one) => (isSeq(one) ? one.items.map((item) => resolved(item, document)) : [one]))
    .map((one) => pairIn(one, key, document))
    .find((found) => found !== undefined);
}

/** The parser takes the key of a merge for a symbol. */
const isMerge = (key: unknown): boolean => (typeof key === 'symbol' ? key.description : key) === '<<';

const rangeOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** The line of the first alias whose anchor is missing, or of the first alias. */
function lineOfAlias(document: Document, counter: LineCounter): number {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const broken = aliases.find((alias) => alias.resolve(document) === undefined) ?? aliases[0];
  return counter.linePos(broken?.range?.[0] ?? 0).line;
}
