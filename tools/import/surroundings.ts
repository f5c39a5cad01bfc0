import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readGeneratedStack } from '@home/generated';
import { home } from '@home/home';
import {
  describeHome,
  generatedFolder,
  isStack,
  isUsableName,
  namespaceOf,
  offersTo,
  projectName,
  workloadPlace,
} from '@tools/nx-home';
import { addressesOf } from '@home/terraform';
import { type Code, imported } from './code/code';

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
  /** Addresses that the stack has already. */
  readonly addresses: ReadonlySet<string>;
}

/** Looks at what the home has, so that imported workloads fit in. */
export function surroundingsOf(root: string, stack: string): Surroundings {
  const description = describeHome(root, () => true);
  const { house } = description;
  const names = new Set(house.places.map(projectName));
  return {
    stack,
    stacks: house.places.filter(isStack).map((place) => place.stack),
    isFree: (name) =>
      isUsableName(name) && !names.has(name) && !existsSync(join(root, workloadPlace(stack, name).where)),
    domain: home.domain,
    namespaces: new Map(
      offersTo(stack, root, description).flatMap(({ from, name, value }): [string, Code][] => {
        const namespace = namespaceOf(value);
        return namespace === undefined ? [] : [[namespace, imported(from, name)]];
      }),
    ),
    addresses: addressesIn(join(root, generatedFolder), stack),
  };
}

/** Addresses of a stack's generated files: `kubernetes_service_v1.gotify`, `var.root_secret`, `output.url`. */
function addressesIn(folder: string, stack: string): Set<string> {
  return new Set(
    existsSync(join(folder, stack)) ? readGeneratedStack(stack, folder).flatMap(addressesOf) : [],
  );
}
