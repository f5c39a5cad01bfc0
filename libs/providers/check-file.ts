import {
  type FileBlock,
  type Problem,
  type TfJson,
  addressOf,
  blockKinds,
  blocksIn,
  formatPath,
  isPlainObject,
  nearestName,
} from '@home/terraform';
import { type ProvidedKind, blocksSchema } from './block-schema';
import { type JsonBody, type JsonPath, expandDynamic } from './expand-dynamic';
import { providerOf, providers, requiredProvider } from './manifest';
import { type Explained, explainMistakes, mistakesIn } from './mistakes';
import { type Part, type RecordedBlock, recordedBlock } from './part-at';
import { type LanguagePart, terraformSchema } from './terraform-schema';

/**
 * Checks the content of a `.tf.json` file against the recorded schemas and Terraform's own blocks.
 *
 * @param file the parsed content
 * @param where what a message starts with: the file, or the folder of the workload that it is made from
 * @param declared the providers that the stack requires; without it, it is not asked whether they are
 * @returns every mistake, with the block's address and the path in it
 */
export function checkFile(file: TfJson, where: string, declared?: Iterable<string>): Problem[] {
  const blocks = blocksIn(file);
  return [
    ...Object.keys(file)
      .filter((kind) => !knownKinds.includes(kind))
      .map((kind) => unknownKind(kind, where)),
    ...blocks.flatMap((block) => checkOne(block, where)),
    ...(declared === undefined ? [] : checkDeclared(blocks, where, new Set(declared))),
    ...requiredIn(file).flatMap(([name, given]) => checkRequired(name, given, where)),
  ];
}

const knownKinds: readonly string[] = ['//', ...blockKinds];

function checkOne({ kind, type, label, body }: FileBlock, where: string): Problem[] {
  const names = [kind === 'resource' ? '' : kind, type, label].filter((name) => name !== '');
  const address = `${where}: ${names.join('.')}`;
  switch (kind) {
    case 'resource':
    case 'data':
    case 'ephemeral':
      return checkBlock(kind, type, body, address);
    case 'provider':
      return checkBlock(kind, label, body, address);
    case 'check':
      return [
        ...checkDeclaration(kind, body, address),
        ...blocksIn({ data: member(body, 'data') }).flatMap((data) => checkOne(data, where)),
      ];
    default:
      return checkDeclaration(kind, body, address);
  }
}

const requiredIn = (file: TfJson): [string, unknown][] => {
  const required = member(file['terraform'], 'required_providers');
  return isPlainObject(required) ? Object.entries(required) : [];
};

/**
 * A block needs a provider that its stack requires: the one its type names, or the one it chooses. One that is missing
 * is one mistake, however many blocks need it.
 */
function checkDeclared(
  blocks: readonly FileBlock[],
  where: string,
  declared: ReadonlySet<string>,
): Problem[] {
  const needed = blocks
    .filter(({ type }) => type !== '')
    .map((block) => ({ name: providerNameOf(block), address: addressOf(block) }));
  // The last entry of a name is the one that a map keeps.
  const first = new Map(needed.toReversed().map(({ name, address }) => [name, address]));
  return [...first]
    .filter(([name]) => !isBuiltIn(name) && !declared.has(name))
    .map(([name, address]) => ({
      where: `${where}: ${address}`,
      what: `needs the provider ${name}, which its stack does not declare`,
      remedy: 'Add it to the providers in stack.ts',
    }));
}

function providerNameOf({ type, body }: FileBlock): string {
  const chosen = member(body, 'provider');
  return typeof chosen === 'string' ? (chosen.split('.')[0] ?? '') : providerOf(type);
}

const isBuiltIn = (name: string): boolean =>
  Object.hasOwn(providers, name) && requiredProvider(name) === undefined;

/** A stack requires exactly the version whose schema is recorded. */
function checkRequired(name: string, given: unknown, where: string): Problem[] {
  const wanted = requiredProvider(name);
  const address = `${where}: terraform: required_providers.${name}`;
  if (wanted === undefined) {
    const remedy = 'Add it to libs/providers/manifest.ts and run npm run sync-schemas';
    return [{ where: address, what: 'must be a provider whose schema is recorded', remedy }];
  }
  const [source, version] = [member(given, 'source'), member(given, 'version')];
  if (source === wanted.source && version === wanted.version) return [];
  return [
    {
      where: address,
      what: `must be ${wanted.source} ${wanted.version}, but is ${String(source)} ${String(version)}`,
      remedy: 'Take source and version from requiredProvider of @home/providers',
    },
  ];
}

function unknownKind(kind: string, where: string): Problem {
  const nearest = nearestName(kind, knownKinds);
  return {
    where: `${where}: ${kind}`,
    what: 'must be a kind of block that Terraform knows',
    remedy: nearest === undefined ? 'Leave it out' : `Did you mean ${nearest}?`,
  };
}

function member(value: unknown, name: string): unknown {
  return isPlainObject(value) ? (value as JsonBody)[name] : undefined;
}

/**
 * Checks one resource, data source, ephemeral resource or configuration of a provider as it stands in a `.tf.json` file.
 *
 * @param type the type; of a provider's configuration its name
 * @param where what a message starts with: the file, and the block's address
 * @returns every mistake, with the path in the block
 */
export function checkBlock(
  kind: ProvidedKind | 'provider',
  type: string,
  body: unknown,
  where: string,
): Problem[] {
  const part = recordedBlock(kind, type);
  return part === undefined ? [unknown(kind, type, where)] : checkBody(body, part, kind).map(placeAt(where));
}

/** Checks the body of a block that Terraform itself defines, such as an output. */
function checkDeclaration(kind: LanguagePart, body: unknown, address: string): Problem[] {
  return checkLanguage(body, kind, []).map(placeAt(address));
}

function checkBody(body: unknown, part: RecordedBlock, kind: LanguagePart): Explained[] {
  if (!isPlainObject(body)) return [{ path: [], what: 'must be an object', remedy: 'Write { … }' }];
  const metaNames = Object.keys(languagePart(kind).schema.properties ?? {});
  const [meta, own] = divide(body, metaNames);
  const ofMeta = meta === undefined ? [] : checkLanguage(meta, kind, []);
  return [...ofMeta, ...checkArguments(own, part, metaNames)];
}

function checkArguments(body: JsonBody, part: RecordedBlock, metaNames: readonly string[]): Explained[] {
  const mistakes = mistakesIn(body, part.root, part.definition);
  const holdsDynamic = mistakes.some(({ params }) => params['additionalProperty'] === 'dynamic');
  if (!holdsDynamic) return explainMistakes(mistakes, body, part, metaNames);
  const { body: expanded, dynamic, written } = expandDynamic(body, part);
  const others = explainMistakes(mistakesIn(expanded, part.root, part.definition), expanded, part, metaNames);
  return [
    ...dynamic.flatMap(({ path, block }) => checkLanguage(block, 'dynamic', path)),
    ...others.map((mistake) => ({ ...mistake, path: written(mistake.path) })),
  ];
}

function checkLanguage(value: unknown, kind: LanguagePart, path: JsonPath): Explained[] {
  const mistakes = mistakesIn(value, terraformSchema, kind);
  return explainMistakes(mistakes, value, languagePart(kind), []).map((one) => ({
    ...one,
    path: [...path, ...one.path],
  }));
}

function languagePart(kind: LanguagePart): Part {
  return { schema: terraformSchema.$defs[kind], root: terraformSchema };
}

/** Takes the named members, if there are any, out of a body. */
function divide(body: JsonBody, names: readonly string[]): [JsonBody | undefined, JsonBody] {
  if (!names.some((name) => name in body)) return [undefined, body];
  const entries = Object.entries(body);
  return [
    Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  ];
}

const placeAt =
  (address: string) =>
  ({ path, what, remedy }: Explained): Problem => ({
    where: path.length === 0 ? address : `${address}: ${formatPath(path)}`,
    what,
    remedy,
  });

function unknown(kind: ProvidedKind | 'provider', name: string, where: string): Problem {
  const known = Object.keys(providers);
  const isProvider = kind === 'provider';
  const nearest = nearestName(
    name,
    isProvider ? known : known.flatMap((provider) => Object.keys(blocksSchema(provider).blocks[kind])),
  );
  const must = isProvider ? 'must configure a provider' : 'must be of a type';
  const add = 'it there and run npm run sync-schemas';
  const guess = isProvider ? `Did you mean ${nearest}?` : `Did you mean ${nearest}? If not, add ${add}`;
  return {
    where,
    what: `${must} in libs/providers/manifest.ts, which has no ${name}`,
    remedy: nearest === undefined ? `Add ${add}` : guess,
  };
}
