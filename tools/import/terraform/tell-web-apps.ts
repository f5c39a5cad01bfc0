import type { Problem } from '@home/terraform';
import { usedDefinitions } from '../code/code';
import { tellDifference } from '../kubernetes/web-app-differences';
import { BlockReferences } from './block-references';
import type { Described } from './describe-module';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import type { HclWebApp } from './web-app-parts';

/**
 * Tells what is otherwise in web apps than it was in their blocks: what the home does in its own way, and what the
 * blocks took from elsewhere that stands in the code now, or nowhere, such as the default of a variable.
 */
export function tellWebApps(
  apps: readonly HclWebApp[],
  described: readonly Described[],
  blocks: readonly HclBlock[],
): Problem[] {
  const references = new BlockReferences(blocks);
  return apps.flatMap(({ deployment, objects, differences }) => {
    const own = new Set(objects.map(({ block }) => block));
    const app = described.find(({ block }) => block === deployment.block);
    const used = usedDefinitions(app === undefined ? [] : [app.definition]);
    const followed = new Set(
      described.filter(({ definition }) => used.has(definition)).map(({ block }) => block),
    );
    const others = objects.flatMap(({ block: { body }, manifest }) =>
      [...references.reachedFrom(body)]
        .filter((block) => block.kind !== 'locals' && !own.has(block) && !followed.has(block))
        .map((block) => ({ manifest, path: [], what: `does not follow ${addressOf(block)} any more` })),
    );
    return [...differences, ...others].map(tellDifference);
  });
}
