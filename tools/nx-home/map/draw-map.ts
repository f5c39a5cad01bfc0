/** What of Nx's project graph the map needs. */
export interface HouseGraph {
  readonly nodes: Readonly<Record<string, { readonly data: { readonly tags?: readonly string[] } }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

/**
 * Draws the stacks, their workloads, and who uses whom, as a Mermaid flowchart. An arrow leads from what uses to what is
 * used; between stacks it says which one is applied first.
 *
 * @param graph Nx's project graph
 * @returns the picture's source; the same graph always gives the same text
 */
export function drawMap({ nodes, dependencies }: HouseGraph): string {
  const names = Object.keys(nodes).sort();
  const tagOf = (name: string, key: string): string | undefined =>
    nodes[name]?.data.tags?.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1);
  const stacks = names.filter((name) => tagOf(name, 'layer') === 'stack');
  const workloads = names.filter((name) => tagOf(name, 'layer') === 'workload');
  const arrows = (from: readonly string[], within: readonly string[]): string[] =>
    from.flatMap((name) => {
      const targets = (dependencies[name] ?? []).map(({ target }) => target);
      return within
        .filter((other) => other !== name && targets.includes(other))
        .map((other) => `${name} --> ${other}`);
    });
  const rooms = inOrder(stacks, dependencies).flatMap((stack) => [
    `subgraph ${stack}`,
    ...workloads.filter((name) => tagOf(name, 'stack') === stack).map((name) => `  ${name}`),
    'end',
  ]);
  return [
    'flowchart BT',
    ...indent([...rooms, ...arrows(stacks, stacks), ...arrows(workloads, workloads)]),
  ].join('\n');
}

/** Earlier stacks first. */
function inOrder(stacks: readonly string[], dependencies: HouseGraph['dependencies']): string[] {
  const depth = (stack: string): number => {
    const needs = (dependencies[stack] ?? []).filter(
      ({ target }) => target !== stack && stacks.includes(target),
    );
    return Math.max(0, ...needs.map(({ target }) => 1 + depth(target)));
  };
  return [...stacks].sort((one, other) => depth(one) - depth(other) || one.localeCompare(other));
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
