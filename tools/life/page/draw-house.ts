import type { DescribedPage } from './describe-page';

/**
 * Draws the workloads, stack by stack, and who needs whom.
 *
 * @returns SVG without a size of its own, whose colours a style sheet sets: `.node`, `.edge`, `.cluster`
 */
export async function drawHouse({ rows, needs }: Pick<DescribedPage, 'rows' | 'needs'>): Promise<string> {
  const stacks = [...new Set(rows.map(({ stack }) => stack))];
  const ofStack = (stack: string) => rows.filter((row) => row.stack === stack);
  const name = (stack: string, workload: string): string => `${stack}/${workload}`;
  const byWorkload = new Map(rows.map(({ stack, workload }) => [workload, name(stack, workload)]));
  const first = (stack: string): string => name(stack, ofStack(stack)[0]?.workload ?? '');
  // Only who draws loads what draws.
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  const svg = viz.renderString(
    {
      graphAttributes: { rankdir: 'BT', compound: true, bgcolor: 'transparent', fontname: 'Helvetica' },
      nodeAttributes: { shape: 'box', style: 'rounded', fontname: 'Helvetica', fontsize: 12 },
      subgraphs: stacks.map((stack) => ({
        name: `cluster ${stack}`,
        graphAttributes: { label: stack, style: 'rounded' },
        nodes: ofStack(stack).map(({ workload }) => ({
          name: name(stack, workload),
          attributes: { label: workload },
        })),
      })),
      edges: [
        ...rows.flatMap(({ stack, workload, dependsOn }) =>
          dependsOn.flatMap((needed) => {
            const head = byWorkload.get(needed);
            return head === undefined ? [] : [{ tail: name(stack, workload), head }];
          }),
        ),
        ...needs
          .filter(({ stack, needed }) => stacks.includes(stack) && stacks.includes(needed))
          .map(({ stack, needed }) => ({
            tail: first(stack),
            head: first(needed),
            attributes: { ltail: `cluster ${stack}`, lhead: `cluster ${needed}`, class: 'stacks' },
          })),
      ],
    },
    { format: 'svg' },
  );
  const [size = '', width = ''] = /width="(\d+)pt" height="\d+pt"/.exec(svg) ?? [];
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(size, `width="${width}" role="img" aria-label="The workloads and what each needs"`);
}
