import { type PathStep, sensitivePaths } from '@home/providers';
import {
  type Block,
  type OwnedBlock,
  type Problem,
  type Rule,
  isBlock,
  isDynamic,
  isExpression,
  isPublic,
  remember,
  sourceOf,
} from '@home/terraform';
import { looksSecret, optionIn } from '../secrets/looks-secret';
import { secretInText } from '../secrets/secret-texts';
import { placeIn, placeOf } from './mistake';
import { isWrittenDown, secretPlace } from './secret-flow';

/**
 * No secret is written down, for everybody to read in the repository: neither what the schema calls sensitive or
 * write-only, nor what looks like a secret, wherever it stands. What looks like one and may be known says so:
 * `publicText('…')`.
 */
export const noLiteralSecrets: Rule = (home) => home.flatMap(literalsIn);

/** A place in a block, and what it is called there. */
interface Place {
  readonly path: readonly PathStep[];
  /** The key, the variable of an environment, the option of a command. */
  readonly name: string;
}

function literalsIn(owned: OwnedBlock): Problem[] {
  const { kind, type, label, body } = owned.block;
  if (kind === 'variable') return defaultIn(owned);
  // A block of which nothing is recorded has no names that mean anything to anybody but its provider.
  const name = kind === 'output' ? label : type;
  return Object.entries(body).flatMap(([key, value]) =>
    literalsBelow(owned, value, { path: [key], name: key === 'value' ? name : key }),
  );
}

function defaultIn(owned: OwnedBlock): Problem[] {
  const { label, body } = owned.block;
  const place = { path: ['default'], name: label };
  if (body['sensitive'] !== true && body['ephemeral'] !== true)
    return literalsBelow(owned, body['default'], place);
  return isWrittenDown(body['default']) ? [sensitive(owned, place)] : [];
}

function literalsBelow(owned: OwnedBlock, value: unknown, place: Place): Problem[] {
  if (typeof value === 'boolean' || value === undefined || value === null) return [];
  if (isPublic(value) || isBlock(value)) return [];
  if (isDynamic(value)) return literalsBelow(owned, value.dynamic.content, place);
  if (typeof value === 'object' && !isExpression(value)) {
    const found = membersOf(value, place).flatMap(([member, at]) => literalsBelow(owned, member, at));
    const why = found.length === 0 && Array.isArray(value) ? secretInWords(value) : undefined;
    return why === undefined ? found : [plain(owned, place, why)];
  }
  const marks = mayHoldSecrets(owned.block) ? secretPlace(owned.block, place.path) : undefined;
  const isSecretPlace = marks?.sensitive === true || marks?.writeOnly === true;
  if (isSecretPlace && isWrittenDown(value)) return [sensitive(owned, place)];
  // A secret may stand there by reference, and be called what it is.
  const why = whySecret(value, isSecretPlace ? { name: '' } : place);
  return why === undefined ? [] : [plain(owned, place, why)];
}

const mayHoldSecrets = remember(({ kind, type }: Block): boolean => {
  if (kind === 'resource' || kind === 'data' || kind === 'ephemeral')
    return sensitivePaths(kind, type).length > 0;
  return kind === 'provider';
});

/** What stands in a list or an object, each with its name: `{ name: 'TOKEN', value }` and `['--token', value]`, too. */
function membersOf(value: object, { path, name }: Place): [unknown, Place][] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item, index) => [
      item,
      { path: [...path, index], name: optionIn(items[index - 1]) ?? name },
    ]);
  }
  const called: unknown = Reflect.get(value, 'name');
  const nameOf = (key: string): string => {
    // An ExternalSecret says under which key of a Secret it puts what it fetches.
    if (key === 'secretKey' && 'remoteRef' in value) return 'key';
    return key === 'value' && typeof called === 'string' ? called : key;
  };
  return Object.entries(value).map(([key, member]: [string, unknown]) => [
    member,
    { path: [...path, key], name: nameOf(key) },
  ]);
}

function whySecret(value: unknown, { name }: Pick<Place, 'name'>): string | undefined {
  if (!isExpression(value)) return looksSecret(name, String(value));
  const made = sourceOf(value);
  // What a reference leads to is looked at where it stands.
  if (made === undefined || made.kind === 'reference' || isPublic(value)) return undefined;
  if (made.kind === 'template') return whySecret(made.parts.map(textOf).join(''), { name });
  for (const part of made.parts) {
    const why = typeof part === 'string' ? looksSecret('', part) : whyMembersAreSecret(part.value, name);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** A command says what none of its words says: `['redis-cli', '-a', 'hunter2']`. */
const secretInWords = (words: readonly unknown[]): string | undefined =>
  words.every((word) => typeof word === 'string' || isExpression(word))
    ? secretInText(words.map(textOf).join(' '))
    : undefined;

/** What only Terraform knows is called as a variable is, so that it counts as a reference. */
const textOf = (part: unknown): string => (typeof part === 'object' ? '${unknown}' : String(part));

function whyMembersAreSecret(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || isExpression(value))
    return typeof value === 'boolean' || value === null || value === undefined
      ? undefined
      : whySecret(value, { name });
  if (isDynamic(value) || isBlock(value)) return undefined;
  for (const [member, place] of membersOf(value, { path: [], name })) {
    const why = whyMembersAreSecret(member, place.name);
    if (why !== undefined) return why;
  }
  return undefined;
}

const derived = 'Derive it from the root secret: derive("purpose")';

const sensitive = (owned: OwnedBlock, { path }: Place): Problem => ({
  where: placeIn(owned, path),
  what: 'must not be written in the code, since it is secret',
  remedy: derived,
});

const plain = (owned: OwnedBlock, { path, name }: Place, why: string): Problem => ({
  where:
    path.at(-1) === 'value' && path.includes('env') ? `${placeOf(owned)}: env ${name}` : placeIn(owned, path),
  what: `must not be written in the code, since ${why}`,
  remedy: `${derived}, put that into a Secret and name it here with fromSecret(secret, "key"); if everybody may know it, say publicText("…")`,
});
