import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import { mountOptions } from '@home/kubernetes';
import {
  describeApart,
  generatedFolder,
  isStack,
  isUsableName,
  projectName,
  readHouse,
  workloadPlace,
} from '@tools/nx-home';
import { type OwnedBlock, addressesOf, block, raw } from '@home/terraform';
import { type Code, imported } from './code/code';
import { type Fields, fieldsOf, mapTexts } from './kubernetes/fields';
import { type OfferedNamespace } from './namespaces';

/** What the imported workloads find in the home. */
export interface Surroundings {
  readonly stack: string;
  /** All stacks of the home. */
  readonly stacks: readonly string[];
  /** Tells whether a workload may have a name. */
  isFree(name: string): boolean;
  /** Namespaces that the home has already: name → how code calls it. */
  readonly namespaces: ReadonlyMap<string, Code>;
  /** The domain of the home's apps. */
  readonly domain: string;
  /** Addresses that the stack's generated files have: `kubernetes_service_v1.gotify`, `var.root_secret`, `output.url`. */
  readonly addresses: ReadonlySet<string>;
  /** What the home makes already, in all of its stacks. */
  readonly blocks: readonly OwnedBlock[];
  /** Where data of apps may lie. */
  readonly data: DiskAndShare;
}

/** The home's places for data: its share on the NAS, if it has one, and a node with a disk. */
export interface DiskAndShare {
  readonly share?: {
    readonly server: string;
    readonly export: string;
    readonly mountOptions: readonly string[];
  };
  readonly node: string;
}

/** Looks at what the home has, so that imported workloads fit in. */
export async function surroundingsOf(root: string, stack: string): Promise<Surroundings> {
  const house = readHouse(root);
  const task = join(__dirname, 'namespaces.ts');
  const offered = await describeApart<object, readonly OfferedNamespace[]>(root, task, { stack });
  const names = new Set(house.places.map(projectName));
  const stacks = house.places.filter(isStack).map((place) => place.stack);
  const generated = stacks.flatMap((one) => readGeneratedStack(one, join(root, generatedFolder)));
  return {
    stack,
    stacks,
    isFree: (name) =>
      isUsableName(name) && !names.has(name) && !existsSync(join(root, workloadPlace(stack, name).where)),
    domain: home.domain,
    namespaces: new Map(
      offered.map(({ namespace, from, name }): [string, Code] => [namespace, imported(from, name)]),
    ),
    addresses: new Set(generated.filter((one) => one.stack === stack).flatMap(addressesOf)),
    blocks: generated.filter(({ kind }) => kind === 'resource' || kind === 'data').map(asOwned),
    data: diskAndShare(),
  };
}

/** A worker keeps data rather than a control plane, where there is one. */
function diskAndShare(): DiskAndShare {
  const { nas, network } = home;
  const node = network.nodes.find(({ role }) => role === 'worker') ?? network.nodes[0];
  const { address, files } = nas;
  return {
    node: node?.name ?? '',
    ...(files !== undefined &&
      address !== undefined && {
        share: { server: address, export: files.export, mountOptions: mountOptions(files.version) },
      }),
  };
}

const asOwned = ({ kind, type, label, body, stack, workload }: GeneratedBlock): OwnedBlock => ({
  owner: { stack, workload, where: workload },
  block: block(kind, type, label, withExpressions(body)),
});

/** Arguments of JSON, in which what only Terraform knows is an expression. */
export const withExpressions = (body: Fields): Fields =>
  fieldsOf(mapTexts(body, (text) => (text.includes('${') ? raw('unknown') : text)));
