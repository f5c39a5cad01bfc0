import { compareFiles } from './compare-files';

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
          details: [{ path: 'spec.port[0].port', before: 80, after: 8080 }],
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
      before: { moved: [] },
      after: { moved: [{ from: 'a', to: 'b' }] },
      changes: [
        {
          kind: 'changed',
          address: 'moved',
          details: [{ path: '[0]', before: undefined, after: { from: 'a', to: 'b' } }],
        },
      ],
    },
  ])('tells of $name', ({ before, after, changes }) => {
    expect(compareFiles(before, after)).toEqual(changes);
  });
});
