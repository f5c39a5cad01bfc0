import { type Block } from '../expression';
import { OwnedBlocks, type Owner } from '../known/owned-blocks';
import { formatProblems } from '../problem';
import { type Rendered, render } from './render';

/** The workload of a test. */
export const owner: Owner = { stack: 'workloads', workload: 'app', where: 'apps/workloads/app' };

/** A workload of an earlier stack. */
export const earlier: Owner = { stack: 'platform', workload: 'base', where: 'apps/platform/base' };

/** Renders the blocks of one workload, beside those of an earlier stack. */
export function renderApp(blocks: readonly Block[], others: readonly Block[] = []): Rendered {
  const known = new OwnedBlocks([
    ...others.map((block) => ({ owner: earlier, block })),
    ...blocks.map((block) => ({ owner, block })),
  ]);
  return render(blocks, owner, known);
}

/** The JSON of blocks in which nothing is wrong. */
export function jsonOf(...blocks: readonly Block[]): unknown {
  const { json, problems } = renderApp(blocks);
  expect(formatProblems(problems)).toBe('');
  return JSON.parse(JSON.stringify(json));
}

/** What is wrong with blocks, as lines. */
export const complaints = (blocks: readonly Block[], others: readonly Block[] = []): string[] =>
  formatProblems(renderApp(blocks, others).problems)
    .split('\n')
    .filter((line) => line !== '');
