import { type Left, problemOf } from '../imported';
import { importHcl } from './imported-hcl';

const told = (left: readonly Left[]): string[] =>
  left.filter(({ of }) => of !== undefined).map((one) => problemOf(one).what);

describe('HCL in the home', () => {
  it('gives an Ingress its hosts and its class', async () => {
    const { json, left } = await importHcl({
      'main.tf': `
        resource "kubernetes_ingress_v1" "web" {
          metadata { name = "web" }
          spec {
            ingress_class_name = "nginx"
            tls { hosts = ["web.example.org", "\${var.host}"] }
            rule { host = "web.example.org" }
            rule { host = "ok.home.example" }
          }
        }
        variable "host" {}`,
    });
    expect(json.resource).toMatchObject({
      kubernetes_ingress_v1: {
        web: {
          spec: {
            tls: [{ hosts: ['web.home.example', '${var.host}'] }],
            rule: [{ host: 'web.home.example' }, { host: 'ok.home.example' }],
          },
        },
      },
    });
    expect(JSON.stringify(json)).not.toContain('nginx');
    expect(told(left)).toEqual([
      'kubernetes_ingress_v1.web: its class nginx is left out',
      'kubernetes_ingress_v1.web: web.example.org becomes web.home.example',
    ]);
  });

  it('gives an Ingress without a host one by its name, though only Terraform knows that', async () => {
    const { json, left } = await importHcl({
      'main.tf': `
        resource "kubernetes_ingress_v1" "web" {
          metadata { name = var.name }
          spec {
            rule {
              http {
                path { path = "/" }
              }
            }
          }
        }
        variable "name" {}`,
    });
    expect(json.resource).toMatchObject({
      kubernetes_ingress_v1: { web: { spec: { rule: [{ host: '${var.name}.home.example' }] } } },
    });
    expect(told(left)).toEqual([
      'kubernetes_ingress_v1.web: it answered at any host, and does so at ${var.name}.home.example alone',
    ]);
  });

  it('lets pods do with their node what they did, where their namespace comes along', async () => {
    const { json, left } = await importHcl({
      'main.tf': `
        resource "kubernetes_namespace" "a" {
          metadata {
            name   = "a"
            labels = { team = "x" }
          }
        }
        resource "kubernetes_deployment_v1" "web" {
          metadata {
            name      = "web"
            namespace = kubernetes_namespace.a.metadata[0].name
          }
          spec {
            template {
              metadata { annotations = { "checksum/config" = "1", kept = "2" } }
              spec {
                container {
                  name = "web"
                  security_context { privileged = true }
                }
              }
            }
          }
        }`,
    });
    expect(json.resource).toMatchObject({
      kubernetes_namespace_v1: {
        a: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged', team: 'x' } } },
      },
    });
    expect(JSON.stringify(json)).toContain('"kept":"2"');
    expect(JSON.stringify(json)).not.toContain('checksum');
    expect(told(left)).toEqual([
      'kubernetes_deployment_v1.web: such a pod may do what it likes with its node, which its namespace a allows',
      'kubernetes_deployment_v1.web: the checksums in its annotations are left out',
    ]);
  });

  it('moves such pods and all else out of the namespace default, and makes another one that nobody makes', async () => {
    const app = (name: string, namespace: string): string => `
      resource "kubernetes_deployment" "${name}" {
        metadata {
          name      = "${name}"
          namespace = ${namespace}
        }
        spec {
          template {
            spec {
              container { name = "${name}" }
              volume {
                name = "data"
                host_path { path = "/data" }
              }
            }
          }
        }
      }`;
    const { json, left } = await importHcl({
      'main.tf': `
        ${app('web', 'local.here')}
        ${app('agent', '"monitoring"')}
        locals { here = "default" }
        resource "kubernetes_config_map" "web" {
          metadata { name = "web" }
        }
        resource "kubernetes_cluster_role_binding" "web" {
          metadata { name = "web" }
          subject {
            kind      = "ServiceAccount"
            name      = "web"
            namespace = "default"
          }
        }`,
    });
    expect(json.resource).toMatchObject({
      kubernetes_deployment_v1: {
        web: { metadata: { namespace: 'infra' } },
        agent: { metadata: { namespace: 'monitoring' } },
      },
      kubernetes_config_map_v1: { web: { metadata: { namespace: 'infra' } } },
      kubernetes_cluster_role_binding_v1: { web: { subject: [{ namespace: 'infra' }] } },
      kubernetes_namespace_v1: {
        monitoring: {
          metadata: { name: 'monitoring', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
        },
      },
    });
    expect(told(left)).toEqual([
      'kubernetes_deployment.web: such a pod may do what it likes with its node, which its namespace infra allows',
      'kubernetes_deployment.agent: such a pod may do what it likes with its node, which its namespace monitoring allows',
    ]);
  });

  it('says of what nobody here makes that it is made elsewhere, but not of what is looked up', async () => {
    const { json, left } = await importHcl({
      'main.tf': `
        data "kubernetes_secret" "a" {
          metadata { name = "looked-up" }
        }
        resource "kubernetes_pod" "web" {
          metadata {
            name        = "web"
            annotations = var.more
          }
          spec {
            container { name = "web" }
            image_pull_secrets { name = "registry" }
            image_pull_secrets { name = "looked-up" }
            service_account_name = var.account
          }
        }
        variable "account" {}
        variable "more" {}`,
    });
    expect(JSON.stringify(json)).toContain('/made-elsewhere');
    expect(told(left)).toContain('kubernetes_pod.web (registry): nobody here makes this Secret');
  });

  it('lets pods with a port of their node follow each other', async () => {
    const { files } = await importHcl({
      'main.tf': `resource "kubernetes_deployment" "web" {
        metadata { name = "web" }
        spec {
          strategy { type = "RollingUpdate" }
          template {
            spec {
              container {
                name = "web"
                port {
                  container_port = 80
                  host_port      = 80
                }
              }
            }
          }
        }
      }`,
    });
    expect(files['main.ts']).toMatch(/imported: two pods .*\n\s*strategy: { type: 'Recreate' },/);
  });

  it('says of a job what the provider assumes of it', async () => {
    const { json } = await importHcl({
      'main.tf': `resource "kubernetes_job" "a" {
        metadata { name = "a" }
        spec {
          template {
            spec {
              container { name = "a" }
            }
          }
        }
      }`,
    });
    expect(json.resource).toMatchObject({
      kubernetes_job_v1: { a: { spec: { template: { spec: { restart_policy: 'Never' } } } } },
    });
  });

  it('shows the name of a Secret, which is none', async () => {
    const { json } = await importHcl({
      'main.tf': `variable "tls_secret_name" { sensitive = true }
        output "name" { value = var.tls_secret_name }`,
    });
    expect(json).toMatchObject({ variable: { tls_secret_name: { sensitive: false } } });
  });
});
