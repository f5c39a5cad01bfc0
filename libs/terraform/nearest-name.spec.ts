import { nearestName } from './nearest-name';

const cases = [
  { in: 'imagee', names: ['image', 'name'], out: 'image' },
  { in: 'nmae', names: ['image', 'name'], out: 'name' },
  { in: 'Labels', names: ['labels', 'label'], out: 'labels' },
  {
    in: 'allow_privilege_escalaton',
    names: ['allow_privilege_escalation', 'privileged'],
    out: 'allow_privilege_escalation',
  },
  { in: 'color', names: ['image', 'name'], out: undefined },
  { in: 'x', names: [], out: undefined },
];

test.each(cases)('$in → $out', ({ in: wrong, names, out }) => {
  expect(nearestName(wrong, names)).toBe(out);
});
