import { importHcl } from './imported-hcl';

describe('a call of a local module', () => {
  it('is kept over a converted folder, without secrets and under present names', async () => {
    const { files, json, variables, left } = await importHcl({
      'main.tf': 'module "db" {\n  source = "./modules/db"\n  name   = "x"\n}\n',
      'modules/db/main.tf': `
        terraform {
          required_providers {
            kubernetes = {
              source  = "hashicorp/kubernetes"
              version = "~> 1.0"
            }
          }
        }
        variable "name" { type = string }
        resource "kubernetes_secret_v1" "login" {
          metadata { name = var.name }
          data = { password = "hunter2" }
        }
        output "name" { value = kubernetes_secret_v1.login.metadata[0].name }`,
    });
    expect(left).toEqual([]);
    expect(variables.map(({ name, holds }) => `${name}: ${holds}`)).toEqual([
      'login_password: password of kubernetes_secret_v1.login',
    ]);
    expect(json).toMatchObject({
      module: {
        db: { source: '../../apps/workloads/web/db', name: 'x', login_password: '${var.login_password}' },
      },
      variable: { login_password: { type: 'string', sensitive: true } },
    });
    expect(JSON.parse(files['db/main.tf.json'] ?? '{}')).toMatchObject({
      terraform: [{ required_providers: [{ kubernetes: { source: 'hashicorp/kubernetes' } }] }],
      variable: { name: [{ type: 'string' }], login_password: [{ type: 'string', sensitive: true }] },
      resource: { kubernetes_secret_v1: { login: [{ data: { password: '${var.login_password}' } }] } },
      output: { name: [{ value: '${kubernetes_secret_v1.login.metadata[0].name}' }] },
    });
    expect(Object.values(files).join('')).not.toContain('hunter2');
  });

  it('passes on no provider by its own name, since the call above it passes on none', async () => {
    const { files } = await importHcl({
      'main.tf': `module "a" {
        source    = "./a"
        providers = { kubernetes = kubernetes }
      }`,
      'a/main.tf': `
        module "same" {
          source    = "../b"
          providers = { kubernetes = kubernetes }
        }
        module "other" {
          source    = "../b"
          providers = { kubernetes = kubernetes.other }
        }`,
      'b/main.tf': '',
    });
    expect(JSON.parse(files['a/main.tf.json'] ?? '{}')).toMatchObject({
      module: { same: [{ source: '../b' }], other: [{ providers: { kubernetes: 'kubernetes.other' } }] },
    });
    expect(files['a/main.tf.json']?.match(/"providers"/g)).toHaveLength(1);
  });

  it('makes the blocks of one name in their order, though a dynamic one of another name comes first', async () => {
    const { files } = await importHcl({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf': `
        resource "kubernetes_pod_v1" "web" {
          metadata { name = "web" }
          spec {
            dynamic "volume" {
              for_each = ["data"]
              content { name = volume.value }
            }
            container { name = "web" }
            dynamic "container" {
              for_each = ["sidecar"]
              content { name = container.value }
            }
          }
        }`,
    });
    const json = JSON.parse(files['a/main.tf.json'] ?? '{}') as {
      resource: { kubernetes_pod_v1: { web: [{ spec: [object] }] } };
    };
    expect(Object.keys(json.resource.kubernetes_pod_v1.web[0].spec[0])).toEqual(['container', 'dynamic']);
  });
});
