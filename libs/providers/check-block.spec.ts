import { formatProblem } from '@home/terraform';
import { checkBlock } from './check-file';

const deployment = (podSpec: object): object => ({
  metadata: { name: 'web' },
  spec: { selector: {}, template: { metadata: {}, spec: podSpec } },
});

// Mistakes that the compiler sees too, stand in agreement.spec.ts.
const cases: { name: string; type: string; body: unknown; out: string[] }[] = [
  {
    name: 'names where, address and path of a mistake deep inside',
    type: 'kubernetes_deployment_v1',
    body: deployment({ container: [{ name: 'web', image: true }] }),
    out: [
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.container[0].image: must be a string, but is true. Write "true".',
    ],
  },
  {
    name: 'tells all mistakes of a block at once',
    type: 'kubernetes_config_map_v1',
    body: { metadata: { nam: 'x' }, data: { a: 1 }, immutable: 'no' },
    out: [
      'apps/web: kubernetes_config_map_v1.x: data.a: must be a string, but is 1. Write "1".',
      'apps/web: kubernetes_config_map_v1.x: immutable: must be true or false, but is "no". Remove the quotes, or write one ${…}.',
      'apps/web: kubernetes_config_map_v1.x: metadata.nam: must be a name that the schema knows. Did you mean name?',
    ],
  },
  {
    name: 'takes no text, number or amount that Kubernetes does not take',
    type: 'kubernetes_deployment_v1',
    body: deployment({
      container: [
        {
          name: 'web',
          image_pull_policy: 'Sometimes',
          port: [{ container_port: 80, protocol: '${var.protocol}' }],
        },
      ],
      restart_policy: 'always',
      termination_grace_period_seconds: 1.5,
      volume: [{ name: 'tmp', empty_dir: { size_limit: 'much' } }],
    }),
    out: [
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.container[0].image_pull_policy: must be one of "Always", "IfNotPresent", "Never", but is "Sometimes". Write one of them.',
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.restart_policy: must be one of "Always", "Never", "OnFailure", but is "always". Did you mean "Always"?',
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.termination_grace_period_seconds: must be a whole number of 64 bits, but is 1.5. Correct it.',
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.volume[0].empty_dir.size_limit: must be an amount such as "64Mi" or "0.5", but is "much". Correct it.',
    ],
  },
  {
    name: 'takes no two items that Kubernetes cannot tell apart',
    type: 'kubernetes_deployment_v1',
    body: deployment({
      container: [
        {
          name: 'web',
          env: [{ name: 'A' }, { name: '${var.a}' }, { name: '${var.a}' }, { name: 'A' }],
          port: [
            { container_port: 53 },
            { container_port: 53, protocol: 'UDP' },
            { container_port: 53, protocol: 'TCP' },
          ],
        },
      ],
    }),
    out: [
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.container[0].env[3]: must differ from env[0] in name. Take one of the two out, or correct it.',
      'apps/web: kubernetes_deployment_v1.x: spec.template.spec.container[0].port[2]: must differ from port[0] in container_port or protocol. Take one of the two out, or correct it.',
    ],
  },
  {
    name: 'quotes keys that are no names',
    type: 'kubernetes_config_map_v1',
    body: { metadata: {}, data: { 'a/b~c.yml': 1 } },
    out: ['apps/web: kubernetes_config_map_v1.x: data["a/b~c.yml"]: must be a string, but is 1. Write "1".'],
  },
  {
    name: 'wants as many blocks as the schema',
    type: 'minio_ilm_policy',
    body: { bucket: 'a', rule: [] },
    out: ['apps/web: minio_ilm_policy.x: rule: must have at least 1 items, but has 0. Change their number.'],
  },
  {
    name: 'takes blocks that dynamic blocks make for those that must be there',
    type: 'minio_ilm_policy',
    body: { bucket: 'a', dynamic: { rule: [{ for_each: '${local.rules}', content: { id: 'x' } }] } },
    out: [],
  },
  {
    name: 'wants of a dynamic block what Terraform wants of it',
    type: 'minio_ilm_policy',
    body: { bucket: 'a', rule: [{ id: 'x' }], dynamic: { rule: [{ content: { id: 'y' }, iterater: 'z' }] } },
    out: [
      'apps/web: minio_ilm_policy.x: dynamic.rule[0].for_each: must be given. Add it.',
      'apps/web: minio_ilm_policy.x: dynamic.rule[0].iterater: must be a name that the schema knows. Did you mean iterator?',
    ],
  },
  {
    name: 'refuses a dynamic block of what is no block',
    type: 'minio_ilm_policy',
    body: { bucket: 'a', rule: [{ id: 'x' }], dynamic: { ruul: { for_each: [1], content: {} } } },
    out: [
      'apps/web: minio_ilm_policy.x: dynamic.ruul.content: must be a name that the schema knows. Did you mean rule?',
    ],
  },
  {
    name: 'lets a map have a key called dynamic',
    type: 'kubernetes_config_map_v1',
    body: { metadata: { labels: { dynamic: 'yes' } } },
    out: [],
  },
  {
    name: 'refuses text in the place of a collection',
    type: 'gotify_client',
    body: { name: 'a', for_each: 'many' },
    out: ['apps/web: gotify_client.x: for_each: must match ^\\$\\{, but is "many". Correct it.'],
  },
  {
    name: 'looks into expressions, but not into their texts',
    type: 'gotify_client',
    body: { name: '${upper("kubernetes_service_v1.a.b ${kubernetes_service_v1.a.specs}")}' },
    out: [
      'apps/web: gotify_client.x: name: must read an attribute that exists, but kubernetes_service_v1.a.specs has no specs. Did you mean spec?',
    ],
  },
  {
    name: 'takes references of all forms',
    type: 'gotify_client',
    body: {
      name: [
        '${kubernetes_service_v1.a[0].spec[0].cluster_ip}',
        '${kubernetes_service_v1.a["b"].spec[0].port[each.value].name}',
        '${kubernetes_service_v1.a[*].id}',
        '${data.kubernetes_resources.a.objects[0].metadata.uid}',
        '${kubernetes_config_map_v1.a.data["a.b"]}${var.kubernetes_service_v1.a}',
        '${module.kubernetes_service_v1.a}${kubernetes_pod_v1.a.b}',
      ].join(''),
    },
    out: [],
  },
  {
    name: 'refuses what is no object',
    type: 'gotify_client',
    body: [],
    out: ['apps/web: gotify_client.x: must be an object. Write { … }.'],
  },
];

test.each(cases)('$name', ({ type, body, out }) => {
  expect(checkBlock('resource', type, body, `apps/web: ${type}.x`).map(formatProblem).sort()).toEqual(out);
});

it('leaves no argument of a provider required, since many read the environment', () => {
  expect(checkBlock('provider', 'healthchecksio', { alias: 'second' }, 'stack')).toEqual([]);
});

it('refuses a provider that is not recorded', () => {
  expect(checkBlock('provider', 'kubernets', {}, 'stack: provider.kubernets').map(formatProblem)).toEqual([
    'stack: provider.kubernets: must configure a provider in libs/providers/manifest.ts, which has no kubernets. Did you mean kubernetes?',
  ]);
});
