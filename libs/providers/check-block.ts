import { type Problem, addressOf, formatPath, isPlainObject, nearestName } from '@home/terraform';
import { type ProvidedKind, blocksSchema, configurationPart } from './block-schema';
import { type JsonBody, type JsonPath, expandDynamic } from './expand-dynamic';
import { type Explained, explainMistakes } from './explain-mistake';
import { providers } from './manifest';
import { type Part, recordedBlock } from './part-at';
import { type LanguagePart, terraformSchema } from './terraform-schema';
import { mistakesIn } from './validators';

/**
 * Checks one resource, data source or ephemeral resource as it stands in a `.tf.json` file.
 *
 * @param where what a message starts with, such as the file
 * @param label the block's label
 * @returns every mistake, with the block's address and the path in it
 */
export function checkBlock(
  kind: ProvidedKind,
  type: string,
  label: string,
  body: unknown,
  where: string,
): Problem[] {
  const address = `${where}: ${addressOf({ kind, type, label })}`;
  const part = recordedBlock(kind, type);
  if (part === undefined) return [unknownType(kind, type, address)];
  return checkBody(body, part, part.definition, kind).map(placeAt(address));
}

/** Checks one configuration of a provider; parameters as those of `checkBlock`. */
export function checkConfiguration(provider: string, body: unknown, where: string): Problem[] {
  const address = `${where}: provider.${provider}`;
  if (!Object.hasOwn(providers, provider)) return [unknownProvider(provider, address)];
  const root = blocksSchema(provider);
  const part = { schema: root.$defs[configurationPart] ?? {}, root };
  return checkBody(body, part, configurationPart, 'provider').map(placeAt(address));
}

/** Checks the body of a block that Terraform itself defines, such as an output. */
export function checkDeclaration(kind: LanguagePart, body: unknown, address: string): Problem[] {
  return checkLanguage(body, kind, []).map(placeAt(address));
}

function checkBody(body: unknown, part: Part, definition: string, kind: LanguagePart): Explained[] {
  if (!isPlainObject(body)) return [{ path: [], what: 'must be an object', remedy: 'Write { … }' }];
  const metaNames = Object.keys(languagePart(kind).schema.properties ?? {});
  const [meta, own] = divide(body, metaNames);
  const ofMeta = meta === undefined ? [] : checkLanguage(meta, kind, []);
  return [...ofMeta, ...checkArguments(own, part, definition, metaNames)];
}

function checkArguments(
  body: JsonBody,
  part: Part,
  definition: string,
  metaNames: readonly string[],
): Explained[] {
  const mistakes = mistakesIn(body, part.root, definition);
  const holdsDynamic = mistakes.some(({ params }) => params['additionalProperty'] === 'dynamic');
  if (!holdsDynamic) return explainMistakes(mistakes, body, part, metaNames);
  const { body: expanded, dynamic, written } = expandDynamic(body, part);
  const others = explainMistakes(mistakesIn(expanded, part.root, definition), expanded, part, metaNames);
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

function unknownType(kind: ProvidedKind, type: string, where: string): Problem {
  const known = Object.keys(providers).flatMap((provider) =>
    Object.keys(blocksSchema(provider).blocks[kind]),
  );
  const nearest = nearestName(type, known);
  return {
    where,
    what: `must be of a type in libs/providers/manifest.ts, which has no ${type}`,
    remedy: `${nearest === undefined ? 'Add' : `Did you mean ${nearest}? If not, add`} it there and run npm run sync-schemas`,
  };
}

function unknownProvider(name: string, where: string): Problem {
  const nearest = nearestName(name, Object.keys(providers));
  return {
    where,
    what: `must configure a provider in libs/providers/manifest.ts, which has no ${name}`,
    remedy: nearest === undefined ? 'Add it there and run npm run sync-schemas' : `Did you mean ${nearest}?`,
  };
}
