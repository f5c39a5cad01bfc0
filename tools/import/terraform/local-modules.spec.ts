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
});
