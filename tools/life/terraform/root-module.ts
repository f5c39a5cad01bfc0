import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Backend,
  type Body,
  type FileBlock,
  addressOf,
  addressesOf,
  blocksIn,
  isPlainObject,
  locate,
  readTraversal,
  refuse,
} from '@home/terraform';
import { allowFile, isReadByTerraform } from '@tools/nx-home/graph';

/** One generated root module, as far as these commands look into it. */
export interface RootModule {
  readonly stack: string;
  /** Absolute. */
  readonly folder: string;
  readonly backend: Backend;
  /** Of everything in the folder that a plan is made from, as it is now. */
  digest(): string;
  /** Variables that the environment must give a value. */
  readonly requiredVariables: readonly string[];
  /** Name of each required provider → the arguments that its configuration sets. */
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many resources the files describe. */
  readonly resources: number;
  /** Addresses of the resources that say `prevent_destroy`. */
  readonly prevented: readonly string[];
  /** The workload whose file declares what an address names; undefined when none does any more. */
  workloadOf(address: string): string | undefined;
}

/**
 * Reads a stack's generated files.
 *
 * @throws ProblemsError when they are not there, or are no JSON
 */
export function readRootModule(root: string, stack: string): RootModule {
  const folder = join(root, 'terraform', stack);
  if (!existsSync(join(folder, 'stack.tf.json'))) {
    refuse(
      `terraform/${stack}/stack.tf.json`,
      'must exist before Terraform can run',
      'Run `npm run generate`',
    );
  }
  const files = inputs(folder)
    .filter(({ name }) => name.endsWith('.tf.json'))
    .map(({ name, text }) => ({
      workload: name.slice(0, -'.tf.json'.length),
      blocks: parse(`terraform/${stack}/${name}`, text),
    }));
  const blocks = files.flatMap((file) => file.blocks);
  const resources = blocks.filter(({ kind }) => kind === 'resource');
  const described = files.filter(({ workload }) => !workload.startsWith('_'));
  const owners = new Map(
    described.flatMap((file) =>
      file.blocks.flatMap(addressesOf).map((address) => [address, file.workload] as const),
    ),
  );
  // What adopting adds for a while belongs to the workload whose label it has.
  const labels = new Map([...owners].map(([address, workload]) => [labelOf(address), workload]));
  const hasAdoption = described.length < files.length;
  return {
    stack,
    folder,
    backend: backendIn(blocks, stack),
    digest() {
      const hash = createHash('sha256');
      for (const { name, text } of inputs(folder)) hash.update(`${name}\0${text}\0`);
      return hash.digest('hex');
    },
    requiredVariables: blocks
      .filter(({ kind, body }) => kind === 'variable' && !('default' in body))
      .map(({ label }) => label),
    providers: requiredProviders(blocks),
    resources: resources.length,
    prevented: resources
      .filter(({ body }) => bodyOf(body['lifecycle'])['prevent_destroy'] === true)
      .map(addressOf),
    workloadOf: (address) =>
      owners.get(blockAddress(address)) ?? (hasAdoption ? labels.get(labelOf(address)) : undefined),
  };
}

/** `kubernetes_secret_v1.a[0]` → `kubernetes_secret_v1.a`, `module.m["x"].b.c` → `module.m`: what the files call it. */
export function blockAddress(address: string): string {
  const traversal = readTraversal(address);
  return (traversal && locate(traversal)?.address) ?? address;
}

const labelOf = (address: string): string | undefined => blockAddress(address).split('.').at(-1);

export const bodyOf = (value: unknown): Body => (isPlainObject(value) ? value : {});

/** The object that a text holds as JSON; undefined when it holds none. */
export function parseObject(text: string): Body | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isPlainObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function inputs(folder: string): { name: string; text: string }[] {
  const names = readdirSync(folder).filter(isRead).sort();
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** What Terraform reads in a folder, but for what these commands put there for one plan only. */
function isRead(name: string): boolean {
  return name === '.terraform.lock.hcl' || (isReadByTerraform(name) && name !== allowFile);
}

function parse(where: string, text: string): FileBlock[] {
  const file = parseObject(text);
  if (file === undefined) refuse(where, 'must be JSON', 'Run `npm run generate`');
  return blocksIn(file);
}

function backendIn(blocks: readonly FileBlock[], stack: string): Backend {
  for (const { body } of blocks.filter(({ kind }) => kind === 'terraform')) {
    const { backend, cloud } = body;
    if (cloud !== undefined) return { type: 'cloud', ...bodyOf(cloud) } as Backend;
    const [type, config] = Object.entries(bodyOf(backend))[0] ?? [];
    if (type !== undefined) return { type, ...bodyOf(config) } as Backend;
  }
  refuse(`terraform/${stack}/stack.tf.json`, 'must say where the state lives', 'Run `npm run generate`');
}

function requiredProviders(blocks: readonly FileBlock[]): Map<string, ReadonlySet<string>> {
  const required = blocks.flatMap(({ kind, body }) =>
    kind === 'terraform' ? Object.keys(bodyOf(body['required_providers'])) : [],
  );
  const configurations = blocks.filter(({ kind }) => kind === 'provider');
  return new Map(
    required.map((name) => {
      const own = configurations.filter(({ label }) => label === name);
      return [name, new Set(own.flatMap(({ body }) => Object.keys(body)))];
    }),
  );
}

/** What an override file says of some resources, each given by its address. */
export function overrideEach(addresses: readonly string[], body: object): object {
  const resources: Record<string, Record<string, object>> = {};
  for (const address of addresses) {
    const [type = '', label = ''] = address.split('.');
    resources[type] = { ...resources[type], [label]: body };
  }
  return { resource: resources };
}

/** What these commands keep in a stack's `.terraform/`, which git ignores. */
export const hidden = {
  plan: (folder: string): string => join(folder, '.terraform', 'home.tfplan'),
  planRecord: (folder: string): string => join(folder, '.terraform', 'home.tfplan.json'),
  initialized: (folder: string): string => join(folder, '.terraform', 'home.init.json'),
  /** What an apply says; its name tells who started it, and once that has started, who writes it. */
  applyLog: (folder: string, command: number, terraform?: number): string =>
    join(folder, '.terraform', `home.apply.${command}${terraform === undefined ? '' : `.${terraform}`}.log`),
  /** There since an older state was put back, until what was made after it has been looked for. */
  restored: (folder: string): string => join(folder, '.terraform', 'home.restored'),
} as const;
