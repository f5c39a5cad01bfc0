import { drawMap } from './draw-map';
import { placeMap } from './place-map';

const stack = (name: string) => ({ data: { tags: ['layer:stack', `stack:${name}`] } });
const workload = (name: string) => ({ data: { tags: ['layer:workload', `stack:${name}`] } });

describe('drawMap', () => {
  it('draws stacks in their order, workloads inside them, and who uses whom', () => {
    const graph = {
      nodes: {
        workloads: stack('workloads'),
        platform: stack('platform'),
        namespaces: workload('platform'),
        gotify: workload('workloads'),
        'lib-home': { data: { tags: ['layer:home'] } },
      },
      dependencies: {
        workloads: [{ target: 'platform' }, { target: 'gotify' }, { target: 'lib-home' }],
        platform: [{ target: 'namespaces' }],
        gotify: [{ target: 'namespaces' }, { target: 'lib-home' }],
      },
    };
    expect(drawMap(graph)).toBe(
      [
        'flowchart BT',
        '  subgraph platform',
        '    namespaces',
        '  end',
        '  subgraph workloads',
        '    gotify',
        '  end',
        '  workloads --> platform',
        '  gotify --> namespaces',
      ].join('\n'),
    );
  });
});

describe('placeMap', () => {
  const page = 'before\n<!-- map:start -->\nold\n<!-- map:end -->\nafter\n';

  it('changes nothing the second time', () => {
    const once = placeMap(page, 'flowchart BT');
    expect(once).toContain('```mermaid\nflowchart BT\n```');
    expect(once).not.toContain('old');
    expect(placeMap(once, 'flowchart BT')).toBe(once);
  });

  it('says which lines are missing', () => {
    expect(() => placeMap('nothing', '')).toThrow(
      'README.md: must have the lines <!-- map:start --> and <!-- map:end -->, in this order.',
    );
  });
});
