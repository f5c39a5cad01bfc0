import type { PathedProblem } from './check-against';
import { families, nameOf } from './addresses';
import type { HomeFacts } from './generated/facts';
import { mistake } from './mistake';

/** Checks that the nodes that carry ingress and DNS are there, and that each answers wherever the home does. */
export function* checkEntry({ cluster, network }: HomeFacts): Generator<PathedProblem> {
  const nodes = network.nodes.map((node, index) => ({ ...node, path: `network.nodes[${index}]` }));
  for (const [index, name] of network.entryNodes.entries()) {
    if (nodes.some((node) => node.name === name)) continue;
    const remedy = `Write one of ${nodes.map((node) => `"${node.name}"`).join(', ')}`;
    yield mistake(`network.entryNodes[${index}]`, name, 'must be the name of a node', remedy);
  }
  const entries = nodes.filter(({ name }) => network.entryNodes.includes(name));
  for (const family of families) {
    const other = entries.find(({ addresses }) => addresses[family] !== undefined);
    for (const { path, name } of entries.filter(({ addresses }) => other && !addresses[family])) {
      const must = `must be there, since the home answers at "${other?.name}" by ${nameOf[family]}`;
      const remedy = `Add it, or take "${name}" out of network.entryNodes`;
      yield mistake(`${path}.addresses.${family}`, undefined, must, remedy);
    }
  }
  yield* checkShared(cluster, network);
}

/** Whichever control plane has the shared address answers there for the home, or it is no address of the home. */
function* checkShared(
  { virtualAddress }: HomeFacts['cluster'],
  { nodes, entryNodes }: HomeFacts['network'],
): Generator<PathedProblem> {
  if (virtualAddress === undefined) return;
  const controlPlanes = nodes.filter(({ role }) => role === 'controlplane');
  const others = controlPlanes.filter(({ name }) => !entryNodes.includes(name));
  if (others.length > 0 && others.length < controlPlanes.length) {
    const names = others.map(({ name }) => `"${name}"`).join(', ');
    const must = `must name every control plane or none, since any of them may have cluster.virtualAddress`;
    yield mistake('network.entryNodes', entryNodes, must, `Add ${names}`);
  }
}
