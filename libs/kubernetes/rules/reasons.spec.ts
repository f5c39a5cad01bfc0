import { raw } from '@home/terraform';
import { beyondAnnotation, floatingImageAnnotation, writableRootAnnotation } from '../app/container';
import { container, makesPods } from './example-home';
import { exceedsBaseline, floats, mayWrite, owedReasons } from './reasons';

const restricted = {
  allow_privilege_escalation: false,
  run_as_non_root: true,
  read_only_root_filesystem: true,
  capabilities: { drop: ['ALL'] },
  seccomp_profile: { type: 'RuntimeDefault' },
};
const pod = (given: object, annotations: object = {}, podSpec: object = {}) =>
  makesPods('web', {
    metadata: { labels: { app: 'web' }, annotations },
    podSpec: { container: [container({ security_context: restricted, ...given })], ...podSpec },
  });
const writable = { security_context: { ...restricted, read_only_root_filesystem: false } };
const privileged = { security_context: { ...restricted, privileged: true } };
const latest = { image: 'ghcr.io/example/app:latest' };
const host = { host_network: true };

it.each<[string, ReturnType<typeof pod>, string[]]>([
  ['nothing beyond', pod({}), []],
  ['a root that may be written', pod(writable), [writableRootAnnotation('app')]],
  ['an image of no version', pod(latest), [floatingImageAnnotation('app')]],
  ['a right of a container', pod(privileged), [beyondAnnotation('app')]],
  ['a right of the pod', pod({}, {}, host), [beyondAnnotation(undefined)]],
  ['both', pod({ ...writable, ...latest }), [writableRootAnnotation('app'), floatingImageAnnotation('app')]],
  ['an image of no version, in a container without a name', pod({ ...latest, name: raw('var.x') }), []],
  [
    'a right of a container without a name, for which the pod answers',
    pod({ ...privileged, name: undefined }),
    [beyondAnnotation(undefined)],
  ],
])('a pod has to say why it has %s', (_, block, owed) => {
  expect(owedReasons(block)).toStrictEqual(owed);
});

it.each<[string, string, object, object?]>([
  ['a container', writableRootAnnotation('app'), writable],
  ['the pod for all its rights', beyondAnnotation(undefined), privileged],
  ['a container for its own right', beyondAnnotation('app'), privileged],
  ['the pod', beyondAnnotation(undefined), {}, host],
])('owes no reason that it gives: %s', (...[, annotation, given, podSpec = {}]) => {
  expect(owedReasons(pod(given, { [annotation]: 'It has to.' }, podSpec))).toStrictEqual([]);
  expect(owedReasons(pod(given, { [annotation]: raw('var.why') }, podSpec))).toStrictEqual([]);
  expect(owedReasons(pod(given, { [annotation]: ' ' }, podSpec))).toHaveLength(1);
  expect(owedReasons(pod(given, { [`${annotation}-of-another`]: 'x' }, podSpec))).toHaveLength(1);
});

it('tells what exceeds baseline from what is only not restricted', () => {
  expect(exceedsBaseline(pod(privileged))).toBe(true);
  expect(exceedsBaseline(pod({}, {}, host))).toBe(true);
  expect(exceedsBaseline(pod({ security_context: undefined }))).toBe(false);
  expect(exceedsBaseline(pod({}))).toBe(false);
});

it('takes an image for floating that is pulled by no version', () => {
  const images = ['traefik:latest', 'traefik', 'traefik:v3.4.4', 'no image', raw('var.image'), undefined];
  expect(images.map(floats)).toEqual([true, true, false, false, false, false]);
});

it('takes a root for written to unless it is said, or may be, that it is not', () => {
  const bodies = [
    { name: 'a' },
    { name: 'a', security_context: { read_only_root_filesystem: 'true' } },
    { name: 'a', security_context: { read_only_root_filesystem: raw('var.x') } },
    { name: raw('var.name') },
  ];
  expect(bodies.map((body) => mayWrite(body))).toEqual([true, false, false, false]);
});
