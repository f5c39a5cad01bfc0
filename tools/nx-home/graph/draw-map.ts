import { projectName } from './check-names';
import { type House, workloadsOf } from './house';
import { isStack } from './layout';
import { importedStacks, stackOrder } from './stacks';

/**
 * Draws the stacks, their workloads, and who uses whom, as a Mermaid flowchart. An arrow leads from what uses to what is
 * used; between stacks it says which one is applied first.
 *
 * @returns the picture's source; the same house always gives the same text
 */
export function drawMap(house: House): string {
  const stacks = stackOrder(house);
  const rooms = stacks.flatMap((stack) => [
    `subgraph ${stack}`,
    ...workloadsOf(house, stack).map((workload) => `  ${projectName(workload)}`),
    'end',
  ]);
  const needs = importedStacks(house);
  const betweenStacks = stacks.flatMap((stack) =>
    [...(needs.get(stack) ?? [])].map((needed) => arrow(stack, needed)),
  );
  const betweenWorkloads = house.dependencies
    .filter(({ from, to }) => !isStack(from) && !isStack(to))
    .map(({ from, to }) => arrow(projectName(from), projectName(to)));
  return [
    'flowchart BT',
    ...indent([...rooms, ...inOrder(betweenStacks), ...inOrder(betweenWorkloads)]),
  ].join('\n');
}

const arrow = (from: string, to: string): string => `${from} --> ${to}`;

const inOrder = (arrows: readonly string[]): string[] => [...new Set(arrows)].sort();

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const start = '<!-- map:start -->';
const end = '<!-- map:end -->';

/**
 * Puts a Mermaid picture between the two markers of a page.
 *
 * @param page the page's text
 * @param picture the picture's source
 * @returns the page with the picture in place of what stood there; as it was, when it does not have both markers
 */
export function placeMap(page: string, picture: string): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from + start.length)}\n\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${page.slice(to)}`;
}
