import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Readiness, refuse } from '@home/terraform';
import { stackPlace } from '@tools/nx-home/graph';

/**
 * What has to answer before the stacks after this one start, as its `stack.ts` says.
 *
 * @throws ProblemsError when the file does not export a stack
 */
export function readReadiness(root: string, stack: string): readonly Readiness[] {
  const { file } = stackPlace(stack);
  // What loads this file compiles that one, too.
  const exported: unknown = createRequire(join(root, 'package.json'))(join(root, file));
  const ready: unknown = Object(Object(exported).default).ready;
  if (Array.isArray(ready)) return ready as Readiness[];
  refuse(file, 'must export a stack by default', 'Run `npm run generate`, which says more');
}
