import { type Problem, type TfJson, isPlainObject, nearestName } from '@home/terraform';
import { providedKinds } from './block-schema';
import { addressOf, checkBlock, checkConfiguration, checkDeclaration } from './check-block';
import { type JsonBody } from './expand-dynamic';
import { providerOf, providers, requiredProvider } from './manifest';
import { type LanguagePart } from './terraform-schema';

/** Kinds whose blocks have a label each. */
const labelled = ['output', 'variable', 'module', 'check'] as const;
/** Kinds whose blocks stand in a list. */
const listed = ['moved', 'removed', 'import'] as const;
const knownKinds: readonly string[] = [
  '//',
  ...providedKinds,
  ...labelled,
  ...listed,
  'locals',
  'terraform',
  'provider',
];

/**
 * Checks the content of a `.tf.json` file against the recorded schemas and Terraform's own blocks.
 *
 * @param file the parsed content
 * @param where what a message starts with: the file, or the folder of the workload that it is made from
 * @param declared the providers that the stack requires; without it, it is not asked whether they are
 * @returns every mistake, with the block's address and the path in it
 */
export function checkFile(file: TfJson, where: string, declared?: Iterable<string>): Problem[] {
  return [
    ...Object.keys(file)
      .filter((kind) => !knownKinds.includes(kind))
      .map((kind) => unknownKind(kind, where)),
    ...providedKinds.flatMap((kind) =>
      members(file[kind]).flatMap(([type, byLabel]) =>
        members(byLabel).flatMap(([label, body]) => checkBlock(kind, type, label, body, where)),
      ),
    ),
    ...(declared === undefined ? [] : checkDeclared(file, where, new Set(declared))),
    ...members(file['provider']).flatMap(([name, given]) =>
      list(given).flatMap((body) => checkConfiguration(name, body, where)),
    ),
    ...labelled.flatMap((kind) =>
      members(file[kind]).flatMap(([label, body]) =>
        checkDeclaration(kind, body, `${where}: ${kind}.${label}`),
      ),
    ),
    ...listed.flatMap((kind) =>
      list(file[kind]).flatMap((body) => checkDeclaration(kind, body, `${where}: ${kind}`)),
    ),
    ...(['locals', 'terraform'] as const).flatMap((kind) => checkOnce(kind, file[kind], where)),
    ...members(file['check']).flatMap(([, body]) => checkScopedData(body, where)),
    ...members(member(file['terraform'], 'required_providers')).flatMap(([name, given]) =>
      checkRequired(name, given, where),
    ),
  ];
}

/** The providers that the content of a stack's own file requires. */
export function declaredProviders(file: TfJson): string[] {
  return members(member(file['terraform'], 'required_providers')).map(([name]) => name);
}

function checkOnce(kind: LanguagePart, body: unknown, where: string): Problem[] {
  return body === undefined ? [] : checkDeclaration(kind, body, `${where}: ${kind}`);
}

/** The data source inside a check. */
function checkScopedData(body: unknown, where: string): Problem[] {
  return members(member(body, 'data')).flatMap(([type, byLabel]) =>
    members(byLabel).flatMap(([label, data]) => checkBlock('data', type, label, data, where)),
  );
}

/**
 * A block needs a provider that its stack requires: the one its type names, or the one it chooses. One that is missing
 * is one mistake, however many blocks need it.
 */
function checkDeclared(file: TfJson, where: string, declared: ReadonlySet<string>): Problem[] {
  const needed = providedKinds.flatMap((kind) =>
    members(file[kind]).flatMap(([type, byLabel]) =>
      members(byLabel).map(([label, body]) => ({
        name: providerNameOf(type, body),
        address: addressOf(kind, type, label),
      })),
    ),
  );
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

function providerNameOf(type: string, body: unknown): string {
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
    what: 'must be a kind of block that Terraform has',
    remedy: nearest === undefined ? 'Leave it out' : `Did you mean ${nearest}?`,
  };
}

function members(value: unknown): [string, unknown][] {
  return isPlainObject(value) ? Object.entries(value).filter(([name]) => name !== '//') : [];
}

function member(value: unknown, name: string): unknown {
  return isPlainObject(value) ? (value as JsonBody)[name] : undefined;
}

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
