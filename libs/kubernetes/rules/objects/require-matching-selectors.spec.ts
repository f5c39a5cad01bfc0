import { type Block, dataBlock, raw } from '@home/terraform';
import { complaints, exampleHome, makesPods, object } from '../example-home';
import { requireMatchingSelectors } from './require-matching-selectors';

const service = (selector: unknown, metadata: object = {}) =>
  object('service', 'web', { metadata: { name: 'web', namespace: 'apps', ...metadata }, spec: { selector } });
const web = makesPods('web', {});
const check = (...blocks: Block[]) => complaints(requireMatchingSelectors, ...exampleHome({ app: blocks }));
const unmatched = (selector: string) =>
  `apps/workloads/app: kubernetes_service_v1.web: selector ${selector} must match a pod of its namespace. ` +
  'Use the labels of the pod template that it is for.';

it.each([
  ['the labels of a pod', { app: 'web' }],
  ['labels that only Terraform knows', { app: raw('var.app') }],
  ['a selector that only Terraform knows', raw('var.selector')],
  ['no selector', undefined],
  ['an empty selector', {}],
])('accepts a Service with %s', (_, selector) => {
  expect(check(web, service(selector))).toEqual([]);
});

it('accepts a Service whose pods are in another workload and stack', () => {
  const home = [
    ...exampleHome({ a: [web] }, 'workloads'),
    ...exampleHome({ b: [service({ app: 'web' })] }, 'integrations'),
  ];
  expect(complaints(requireMatchingSelectors, ...home)).toEqual([]);
});

it('refuses a Service that selects no pod', () => {
  expect(check(web, service({ app: 'webb' }))).toEqual([unmatched('"app=webb"')]);
  expect(check(web, service({ app: 'web', tier: 'front' }))).toEqual([unmatched('"app=web, tier=front"')]);
  expect(check(web, service({ app: 'web' }, { namespace: 'infra' }))).toEqual([unmatched('"app=web"')]);
  expect(check(service({ app: raw('var.app') }))).toEqual([unmatched('"app=…"')]);
});

it('leaves open what pods with unknown labels or namespaces are for', () => {
  const unknown = makesPods('other', {
    metadata: { labels: { app: raw('var.app') } },
    spec: { selector: { match_labels: { app: raw('var.app') } } },
  });
  expect(check(unknown, service({ app: 'web' }))).toEqual([]);
  expect(check(web, service({ app: 'web' }, { namespace: raw('var.namespace') }))).toEqual([]);
});

it('does not ask for the pods of a Service that is only looked up', () => {
  expect(check(dataBlock('kubernetes_service_v1', 'web', { spec: { selector: { app: 'web' } } }))).toEqual(
    [],
  );
});

it('refuses a Service that sends people to another workload’s pods as well', () => {
  const job = makesPods('verify', { type: 'cron_job', metadata: { labels: { app: 'web' } } });
  expect(check(web, job, service({ app: 'web' }))).toEqual([
    'apps/workloads/app: kubernetes_service_v1.web: selector "app=web" must match the pods of one workload, but matches ' +
      'those of apps/workloads/app: kubernetes_deployment_v1.web and apps/workloads/app: kubernetes_cron_job_v1.verify. ' +
      'Give the others a label of another value.',
  ]);
});

it('lets a Deployment that is scaled to nothing stay beside its successor', () => {
  const old = makesPods('old', { spec: { replicas: '0' }, metadata: { labels: { app: 'web' } } });
  const stopped = makesPods('web', { spec: { replicas: '0' } });
  const complain = (...blocks: Block[]) => check(...blocks).filter((line) => line.includes('service'));
  expect(complain(old, web, service({ app: 'web' }))).toEqual([]);
  expect(complain(stopped, service({ app: 'web' }))).toEqual([]);
});

it.each([
  [{ match_labels: { app: 'web' } }],
  [{ match_expressions: [{ key: 'app', operator: 'In', values: ['web', 'other'] }] }],
  [{ match_expressions: [{ key: 'app', operator: 'NotIn', values: ['other'] }] }],
  [{ match_expressions: [{ key: 'app', operator: 'Exists' }] }],
  [{ match_expressions: [{ key: 'tier', operator: 'DoesNotExist' }] }],
  [{ match_expressions: [{ key: 'app', operator: raw('var.operator') }] }],
])('accepts a Deployment that selects its pods, case %#', (selector) => {
  expect(check(makesPods('web', { spec: { selector } }))).toEqual([]);
});

it.each([
  [{ match_labels: { app: 'webb' } }, 'app=webb'],
  [{ match_labels: { app: 'web' }, match_expressions: [{ key: 'tier', operator: 'Exists' }] }, 'app=web'],
  [{ match_expressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, ''],
])('refuses a Deployment that selects by %j', (selector, shown) => {
  expect(check(makesPods('web', { spec: { selector } }))).toEqual([
    `apps/workloads/app: kubernetes_deployment_v1.web: selector "${shown}" must match the labels of its own pods, ` +
      '"app=web". Use the same labels in both.',
  ]);
});
