import { type Place, stackPlace, workloadPlace } from './layout';
import { drawMap, placeMap } from './draw-map';

const place = {
  platform: stackPlace('platform'),
  workloads: stackPlace('workloads'),
  namespaces: workloadPlace('platform', 'namespaces'),
  gotify: workloadPlace('workloads', 'gotify'),
};
const imported = (from: Place, to: Place) => ({ from, to, file: from.file, specifier: to.where, line: 1 });

describe('drawMap', () => {
  it('draws stacks in their order, workloads inside them, and who uses whom, each once', () => {
    const house = {
      places: [place.gotify, place.workloads, place.namespaces, place.platform],
      dependencies: [
        imported(place.workloads, place.platform),
        imported(place.gotify, place.namespaces),
        imported(place.gotify, place.namespaces),
      ],
      missing: [],
    };
    expect(drawMap(house)).toBe(
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

  it('leaves a page alone that has no place for a map', () => {
    expect(placeMap('nothing', 'flowchart BT')).toBe('nothing');
  });
});
