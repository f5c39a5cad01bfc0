import { markOf, supposedMemory } from '../kubernetes/marked-defaults';
import { type HclCase, expectCode } from './imported-hcl';

const deployment = (body: string): string => `
  resource "kubernetes_deployment" "web" {
    metadata { name = "web" }
    spec {
      template {
        metadata {}
        spec {
          container {
            name = "web"
            ${body}
          }
        }
      }
    }
  }`;

/** What the home demands of each pod, and the source does not say. */
const marked = {
  annotations: {
    'writable-root.homeserver.lknuth.dev/web': markOf('writableRoot'),
    'beyond-restricted.homeserver.lknuth.dev/web': markOf('root'),
  },
  resources: { requests: { memory: supposedMemory } },
};

const container = (json: object) => ({
  resource: {
    kubernetes_deployment_v1: {
      web: {
        metadata: { name: 'web' },
        spec: {
          template: {
            metadata: { annotations: marked.annotations },
            spec: { container: [{ name: 'web', ...json, resources: marked.resources }] },
          },
        },
      },
    },
  },
});

const cases: readonly HclCase[] = [
  {
    name: 'for_each, each, count and an index',
    hcl: `
      resource "kubernetes_namespace" "each" {
        for_each = { a = "one", b = "two" }
        metadata {
          name   = each.key
          labels = { kind = each.value }
        }
      }
      resource "kubernetes_namespace" "some" {
        count = 2
        metadata { name = "n-\${count.index}" }
      }
      output "one" { value = kubernetes_namespace.each["a"].metadata[0].name }
      output "all" { value = kubernetes_namespace.some[*].id }`,
    code: ['each<string>().key', "instance(each2, 'a').metadata[0].name"],
    json: {
      resource: {
        kubernetes_namespace_v1: {
          each: {
            for_each: { a: 'one', b: 'two' },
            metadata: { name: '${each.key}', labels: { kind: '${each.value}' } },
          },
          some: { count: 2, metadata: { name: 'n-${count.index}' } },
        },
      },
      output: {
        one: { value: '${kubernetes_namespace_v1.each["a"].metadata[0].name}' },
        all: { value: '${kubernetes_namespace_v1.some[*].id}' },
      },
    },
  },
  {
    name: 'dynamic blocks, plain ones between them in their order',
    hcl: deployment(`
            dynamic "env" {
              for_each = { A = "1" }
              content {
                name  = env.key
                value = env.value
              }
            }
            env {
              name  = "B"
              value = "2"
            }`),
    code: ["dynamicBlock('env', { A: '1' }, (env) => ({ name: env.key, value: env.value }))"],
    json: container({
      dynamic: {
        env: [
          { for_each: { A: '1' }, iterator: 'env', content: { name: '${env.key}', value: '${env.value}' } },
          { for_each: [true], iterator: 'once', content: { name: 'B', value: '2' } },
        ],
      },
    }),
  },
  {
    name: 'a dynamic block whose iterator is named, and a parameter that nothing reads left out',
    hcl: deployment(`
            dynamic "port" {
              for_each = [80]
              iterator = it
              content { container_port = it.value }
            }
            dynamic "liveness_probe" {
              for_each = [1]
              content { period_seconds = 5 }
            }`),
    code: ["dynamicBlock('it', [80], (it) =>", "dynamicBlock('liveness_probe', [1], () =>"],
  },
  {
    name: 'meta-arguments: depends_on, also through a local, and lifecycle',
    hcl: `
      resource "kubernetes_namespace" "apps" {
        metadata { name = "apps" }
        lifecycle {
          ignore_changes  = [metadata[0].annotations]
          prevent_destroy = true
        }
      }
      locals { ready = kubernetes_namespace.apps.id }
      resource "kubernetes_config_map" "web" {
        depends_on = [kubernetes_namespace.apps, local.ready]
        metadata { name = "web" }
      }`,
    json: {
      resource: {
        kubernetes_namespace_v1: {
          apps: {
            metadata: { name: 'apps' },
            lifecycle: { prevent_destroy: true, ignore_changes: ['metadata[0].annotations'] },
          },
        },
        kubernetes_config_map_v1: {
          web: { depends_on: ['kubernetes_namespace_v1.apps', 'local.ready'], metadata: { name: 'web' } },
        },
      },
      locals: { ready: '${kubernetes_namespace_v1.apps.id}' },
    },
  },
  {
    name: 'moved, removed and import blocks, and checks',
    hcl: `
      resource "kubernetes_namespace" "b" {
        metadata { name = "b" }
      }
      moved {
        from = kubernetes_namespace.a
        to   = kubernetes_namespace.b
      }
      removed {
        from = kubernetes_namespace.c
        lifecycle { destroy = false }
      }
      import {
        to = kubernetes_namespace.b
        id = "b"
      }
      check "named" {
        assert {
          condition     = kubernetes_namespace.b.id != ""
          error_message = "no name"
        }
      }`,
    json: {
      resource: { kubernetes_namespace_v1: { b: { metadata: { name: 'b' } } } },
      moved: [{ from: 'kubernetes_namespace_v1.a', to: 'kubernetes_namespace_v1.b' }],
      removed: [{ from: 'kubernetes_namespace_v1.c', lifecycle: { destroy: false } }],
      import: [{ to: 'kubernetes_namespace_v1.b', id: 'b' }],
      check: {
        named: {
          assert: [{ condition: '${kubernetes_namespace_v1.b.id != ""}', error_message: 'no name' }],
        },
      },
    },
  },
  {
    name: 'the backends of an ingress as networking.k8s.io/v1 has them',
    hcl: `
      variable "port" {}
      resource "kubernetes_ingress" "web" {
        metadata { name = "web" }
        spec {
          backend {
            service_name = "web"
            service_port = var.port
          }
          rule {
            http {
              path {
                backend {
                  service_name = "web"
                  service_port = 80
                }
              }
            }
          }
        }
      }`,
    json: {
      variable: { port: {} },
      resource: {
        kubernetes_ingress_v1: {
          web: {
            metadata: {
              name: 'web',
              annotations: {
                'service.homeserver.lknuth.dev/made-elsewhere': 'imported: nobody here makes web',
              },
            },
            spec: {
              rule: [
                {
                  host: 'web.home.example',
                  http: {
                    path: [
                      {
                        backend: { service: { name: 'web', port: { number: 80 } } },
                        path_type: 'ImplementationSpecific',
                      },
                    ],
                  },
                },
              ],
              default_backend: {
                service: {
                  name: 'web',
                  port: {
                    number: '${try(tonumber(var.port), null)}',
                    name: '${can(tonumber(var.port)) ? null : var.port}',
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  {
    name: 'a data source and a block of a provider that nothing is known of',
    hcl: `
      data "kubernetes_namespace" "apps" {
        metadata { name = "apps" }
      }
      resource "cloud_record" "web" {
        zone = data.kubernetes_namespace.apps.id
        target { address = "10.0.0.1" }
      }
      output "id" { value = cloud_record.web.id }`,
    code: ["resourceBlock('cloud_record', 'web'"],
    json: {
      data: { kubernetes_namespace_v1: { apps: { metadata: { name: 'apps' } } } },
      resource: {
        cloud_record: {
          web: { zone: '${data.kubernetes_namespace_v1.apps.id}', target: [{ address: '10.0.0.1' }] },
        },
      },
      output: { id: { value: '${cloud_record.web.id}' } },
    },
  },
];

describe('a block', () => {
  it.each(cases)('becomes code: $name', expectCode);
});
