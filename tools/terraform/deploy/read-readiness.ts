import { join } from 'node:path';
import { ProblemsError, type Readiness } from '@home/terraform';
import { stackPlace } from '../../nx-home/layout';

/**
 * What has to answer before the stacks after this one start, as its `stack.ts` says.
 *
 * @throws ProblemsError when the file does not export a stack
 */
export function readReadiness(root: string, stack: string): readonly Readiness[] {
  const { file } = stackPlace(stack);
  // Loaded by path, since which stacks there are is known only now; tsx, which runs this, compiles it.
  const exported: unknown = require(join(root, file));
  const ready: unknown = Object(Object(exported).default).ready;
  if (Array.isArray(ready)) return ready as Readiness[];
  throw new ProblemsError([
    {
      where: file,
      what: 'must export a stack by default',
      remedy: 'Run `npm run generate`, which says more',
    },
  ]);
}
