import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import {
  type House,
  type Place,
  describeHome,
  generatedFolder,
  importedStacks,
  isStack,
  isUsableName,
  projectName,
  workloadPlace,
} from '@tools/nx-home';
import { type Block, addressesOf, isExpression, resolve, sourceOf } from '@home/terraform';
import { type Code, imported } from './code/code';
import { aliasOf } from './code/workload-code';
import type { Surroundings } from './surroundings';

/** Looks at what the home has, so that imported workloads fit in. */
export function surroundingsOf(root: string, stack: string): Surroundings {
  const { house, loaded } = describeHome(root, () => true);
  const names = new Set(house.places.map(projectName));
  const within = reachableStacks(house, stack);
  const places = loaded.filter(({ place }) => !isStack(place) && within.has(place.stack));
  return {
    stack,
    stacks: house.places.filter(isStack).map((place) => place.stack),
    isFree: (name) =>
      isUsableName(name) && !names.has(name) && !existsSync(join(root, workloadPlace(stack, name).where)),
    domain: home.domain,
    namespaces: new Map(places.flatMap(({ place }) => exportedNamespaces(root, place))),
    addresses: addressesIn(join(root, generatedFolder), stack),
  };
}

/** A stack and those that it imports, by others too: what its workloads may import from. */
function reachableStacks(house: House, stack: string): Set<string> {
  const imports = importedStacks(house);
  const reached = new Set([stack]);
  // A set is walked to its end, what was added on the way included.
  for (const one of reached) for (const next of imports.get(one) ?? []) reached.add(next);
  return reached;
}

/** The names of namespaces that a workload exports: `export const apps = forApps.ref.metadata[0].name`. */
function exportedNamespaces(root: string, place: Place): [string, Code][] {
  const exported: Readonly<Record<string, unknown>> = createRequire(join(root, 'package.json'))(
    join(root, place.file),
  );
  return Object.entries(exported).flatMap(([name, value]) => {
    const namespace = resolve(value);
    const isOfNamespace = blockOf(value)?.type === 'kubernetes_namespace_v1';
    if (!isOfNamespace || typeof namespace !== 'string') return [];
    return [[namespace, imported(aliasOf({ stack: place.stack, name: place.workload }), name)]];
  });
}

function blockOf(value: unknown): Block | undefined {
  const made = isExpression(value) ? sourceOf(value) : undefined;
  return made?.kind === 'reference' && typeof made.target.root !== 'string' ? made.target.root : undefined;
}

/** Addresses of a stack's generated files: `kubernetes_service_v1.gotify`, `var.root_secret`, `output.url`. */
function addressesIn(folder: string, stack: string): Set<string> {
  return new Set(
    existsSync(join(folder, stack)) ? readGeneratedStack(stack, folder).flatMap(addressesOf) : [],
  );
}
