import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Backend, type Problem, ProblemsError, isPlainObject } from '@home/terraform';
import { allowFile } from './own-files';

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

type Body = Readonly<Record<string, unknown>>;

/**
 * Reads a stack's generated files.
 *
 * @throws ProblemsError when they are not there, or are no JSON
 */
export function readRootModule(root: string, stack: string): RootModule {
  const folder = join(root, 'terraform', stack);
  if (!existsSync(join(folder, 'stack.tf.json'))) {
    throw new ProblemsError([
      {
        where: `terraform/${stack}/stack.tf.json`,
        what: 'must be there before Terraform can run',
        remedy: 'Run `npm run generate`',
      },
    ]);
  }
  const files = inputs(folder)
    .filter(({ name }) => name.endsWith('.tf.json'))
    .map(({ name, text }) => ({
      workload: name.slice(0, -'.tf.json'.length),
      json: parse(`terraform/${stack}/${name}`, text),
    }));
  const described = files.filter(({ workload }) => !workload.startsWith('_'));
  const owners = new Map(
    described.flatMap(({ workload, json }) => addressesIn(json).map((address) => [address, workload])),
  );
  // What adopting adds for a while belongs to the workload whose label it has.
  const labels = new Map([...owners].map(([address, workload]) => [labelOf(address), workload]));
  const hasAdoption = described.length < files.length;
  return {
    stack,
    folder,
    backend: backendIn(
      files.map(({ json }) => json),
      stack,
    ),
    digest() {
      const hash = createHash('sha256');
      for (const { name, text } of inputs(folder)) hash.update(`${name}\0${text}\0`);
      return hash.digest('hex');
    },
    requiredVariables: files.flatMap(({ json }) => required(bodyOf(json['variable']))),
    providers: new Map(files.flatMap(({ json }) => requiredProviders(json))),
    resources: files.flatMap(({ json }) =>
      Object.values(bodyOf(json['resource'])).flatMap((one) => Object.keys(bodyOf(one))),
    ).length,
    prevented: files.flatMap(({ json }) => preventedIn(bodyOf(json['resource']))),
    workloadOf: (address) =>
      owners.get(blockAddress(address)) ?? (hasAdoption ? labels.get(labelOf(address)) : undefined),
  };
}

/** `kubernetes_secret_v1.a[0]` → `kubernetes_secret_v1.a`, `module.m["x"].b.c` → `module.m`: what the files call it. */
export function blockAddress(address: string): string {
  const steps = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '').split('.');
  const length = steps[0] === 'data' || steps[0] === 'ephemeral' ? 3 : 2;
  return steps.slice(0, length).join('.');
}

const labelOf = (address: string): string | undefined => blockAddress(address).split('.').at(-1);

/** Every block that a file declares, by the address it has in plans and diagnostics. */
export function addressesIn(json: Body): string[] {
  const typed = (kind: string, prefix: string): string[] =>
    Object.entries(bodyOf(json[kind])).flatMap(([type, labels]) =>
      Object.keys(bodyOf(labels)).map((label) => `${prefix}${type}.${label}`),
    );
  const labelled = (kind: string, prefix: string): string[] =>
    Object.keys(bodyOf(json[kind])).map((label) => `${prefix}.${label}`);
  return [
    ...typed('resource', ''),
    ...typed('data', 'data.'),
    ...typed('ephemeral', 'ephemeral.'),
    ...labelled('module', 'module'),
    ...labelled('output', 'output'),
    ...labelled('variable', 'var'),
    ...labelled('locals', 'local'),
    ...labelled('check', 'check'),
  ];
}

export const bodyOf = (value: unknown): Body => (isPlainObject(value) ? value : {});

function inputs(folder: string): { name: string; text: string }[] {
  const names = readdirSync(folder).filter(isRead).sort();
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** What Terraform reads in a folder, but for what these commands put there for one plan only. */
function isRead(name: string): boolean {
  if (name === allowFile || name.startsWith('.') !== (name === '.terraform.lock.hcl')) return false;
  return /\.(tf|tf\.json|tfvars|tfvars\.json|hcl)$/.test(name);
}

function parse(where: string, text: string): Body {
  try {
    return bodyOf(JSON.parse(text));
  } catch (cause) {
    const problem: Problem = { where, what: 'must be JSON', remedy: 'Run `npm run generate`' };
    throw new ProblemsError([problem], { cause });
  }
}

function backendIn(files: readonly Body[], stack: string): Backend {
  for (const { terraform } of files) {
    const { backend, cloud } = bodyOf(terraform);
    if (cloud !== undefined) return { type: 'cloud', ...bodyOf(cloud) } as Backend;
    const [type, config] = Object.entries(bodyOf(backend))[0] ?? [];
    if (type !== undefined) return { type, ...bodyOf(config) } as Backend;
  }
  throw new ProblemsError([
    {
      where: `terraform/${stack}/stack.tf.json`,
      what: 'must say where the state lives',
      remedy: 'Run `npm run generate`',
    },
  ]);
}

const required = (variables: Body): string[] =>
  Object.entries(variables).flatMap(([name, body]) => ('default' in bodyOf(body) ? [] : [name]));

function requiredProviders({ terraform, provider }: Body): [string, ReadonlySet<string>][] {
  return Object.keys(bodyOf(bodyOf(terraform)['required_providers'])).map((name) => {
    const configurations = bodyOf(provider)[name];
    const all = Array.isArray(configurations) ? configurations : [configurations];
    return [name, new Set(all.flatMap((one) => Object.keys(bodyOf(one))))];
  });
}

function preventedIn(resources: Body): string[] {
  return Object.entries(resources).flatMap(([type, labels]) =>
    Object.entries(bodyOf(labels))
      .filter(([, body]) => bodyOf(bodyOf(body)['lifecycle'])['prevent_destroy'] === true)
      .map(([label]) => `${type}.${label}`),
  );
}
