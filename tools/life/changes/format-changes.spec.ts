import { formatChanges } from './format-changes';

describe('formatChanges', () => {
  it('says so when nothing changes', () => {
    expect(formatChanges([])).toBe('The generated Terraform stays as it is.\n');
  });

  it('tells by stack and workload what changes, old → new', () => {
    const details = [{ path: 'image', before: 'memos:0.24.3', after: 'memos:0.24.4' }];
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
    const details = [{ path: 'args[0]', before, after }];
    const text = formatChanges([
      { stack: 's', workload: 'w', changes: [{ kind: 'changed', address: 'a.b', details }] },
    ]);
    expect(text).toContain('    args[0]: …same same same same x" → …same same same same y"');
  });

  it('keeps text of a change from ending its own block', () => {
    const details = [{ path: 'data', before: '```', after: '````' }];
    const text = formatChanges([
      { stack: 's', workload: 'w', changes: [{ kind: 'changed', address: 'a.b', details }] },
    ]);
    expect(text.match(/^`{5}/gm)).toHaveLength(2);
  });
});
