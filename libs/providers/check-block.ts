import { type Problem, formatPath, isPlainObject, nearestName } from '@home/terraform';
import { type ProvidedKind, blocksSchema } from './block-schema';
import { type JsonBody, type JsonPath, expandDynamic } from './expand-dynamic';
import { type Explained, explainMistakes, mistakesIn } from './mistakes';
import { providers } from './manifest';
import { type Part, type RecordedBlock, recordedBlock } from './part-at';
import { type LanguagePart, terraformSchema } from './terraform-schema';

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
export function checkDeclaration(kind: LanguagePart, body: unknown, address: string): Problem[] {
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
