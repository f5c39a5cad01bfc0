import { compareFiles, formatChanges } from './generated-changes';

const service = (port: number, label = 'gotify') => ({
  '//': ['generated', `for ${port}`],
  resource: { kubernetes_service_v1: { [label]: { spec: { port: [{ port }] } } } },
});

describe('compareFiles', () => {
  it.each([
    { name: 'nothing', before: service(80), after: { ...service(80), '//': ['otherwise'] }, changes: [] },
    {
      name: 'an argument',
      before: service(80),
      after: service(8080),
      changes: [
        {
          kind: 'changed',
          address: 'kubernetes_service_v1.gotify',
          details: [{ path: 'spec.port[0].port', old: 80, new: 8080 }],
        },
      ],
    },
    {
      name: 'a new file',
      before: undefined,
      after: service(80),
      changes: [{ kind: 'added', address: 'kubernetes_service_v1.gotify', details: [] }],
    },
    {
      name: 'another label',
      before: service(80),
      after: service(80, 'messages'),
      changes: [
        { kind: 'removed', address: 'kubernetes_service_v1.gotify', details: [] },
        { kind: 'added', address: 'kubernetes_service_v1.messages', details: [] },
      ],
    },
    {
      name: 'a list that grew',
      before: { moved: [{ from: 'c', to: 'd' }] },
      after: {
        moved: [
          { from: 'c', to: 'd' },
          { from: 'a', to: 'b' },
        ],
      },
      changes: [
        {
          kind: 'changed',
          address: 'moved',
          details: [{ path: '[1]', old: undefined, new: { from: 'a', to: 'b' } }],
        },
      ],
    },
  ])('tells of $name', ({ before, after, changes }) => {
    expect(compareFiles(before, after)).toEqual(changes);
  });
});

describe('formatChanges', () => {
  it('says so when nothing changes', () => {
    expect(formatChanges([])).toBe('The generated Terraform stays as it is.\n');
  });

  it('tells by stack and workload what changes, old → new', () => {
    const details = [{ path: 'image', old: 'memos:0.24.3', new: 'memos:0.24.4' }];
    const text = formatChanges([
      {
        stack: 'workloads',
        workload: 'memos-notes',
        changes: [{ kind: 'changed', address: 'kubernetes_stateful_set_v1.memos-notes', details }],
      },
    ]);
    expect(text).toContain('### workloads');
    expect(text).toContain('**memos-notes**');
    expect(text).toContain('    image: "memos:0.24.3" → "memos:0.24.4"');
  });

  it('shows of two long texts where they part', () => {
    const [before, after] = ['x', 'y'].map((end) => `${'same '.repeat(50)}${end}`);
    const details = [{ path: 'args[0]', old: before, new: after }];
    const text = formatChanges([
      { stack: 's', workload: 'w', changes: [{ kind: 'changed', address: 'a.b', details }] },
    ]);
    expect(text).toContain('    args[0]: …same same same same x" → …same same same same y"');
  });

  it('keeps text of a change from ending its own block', () => {
    const details = [{ path: 'data', old: '```', new: '````' }];
    const text = formatChanges([
      { stack: 's', workload: 'w', changes: [{ kind: 'changed', address: 'a.b', details }] },
    ]);
    expect(text.match(/^`{5}/gm)).toHaveLength(2);
  });
});
