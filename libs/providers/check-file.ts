import {
  type FileBlock,
  type Problem,
  type TfJson,
  addressOf,
  blockKinds,
  blocksIn,
  isPlainObject,
  nearestName,
} from '@home/terraform';
import { checkBlock, checkDeclaration } from './check-block';
import { type JsonBody } from './expand-dynamic';
import { providerOf, providers, requiredProvider } from './manifest';

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
