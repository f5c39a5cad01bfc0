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

  /** Of the one resource in `calls` whose type has another name now. */
  const formerType: unknown = expect.objectContaining({
    what: expect.stringMatching(/^kubernetes_config_map\.this becomes a kubernetes_config_map_v1: /),
  });
  const calls = {
    'main.tf': `
      variable "domain" { type = string }
      module "app" {
        source   = "./app"
        for_each = { a = 80, b = 81 }
        name     = each.key
        port     = each.value
        host     = "\${each.key}.\${var.domain}"
      }
      output "url" { value = module.app["a"].url }`,
    'app/main.tf': `
      variable "name" { type = string }
      variable "port" { type = number }
      variable "host" { type = string }
      variable "kind" { default = "web" }
      variable "extra" {
        type    = object({ path = string })
        default = null
      }
      locals { labels = { app = var.name, kind = var.kind } }
      resource "kubernetes_service_v1" "this" {
        metadata {
          name   = var.name
          labels = local.labels
        }
        spec {
          port { port = var.port }
        }
      }
      resource "kubernetes_config_map" "this" {
        for_each = var.extra == null ? {} : { extra = var.extra.path }
        metadata { name = "\${kubernetes_service_v1.this.metadata[0].name}-x" }
        data = { a = file("\${path.module}/a.conf"), h = each.value }
      }
      output "url" { value = "http://\${var.host}/\${kubernetes_service_v1.this.id}" }`,
    'app/a.conf': 'one',
  };

  it('comes out without modules when a plan tells what they make', async () => {
    const plan = { planned_values: { root_module: { child_modules: [{ address: 'module.app["a"]' }] } } };
    const { json, files, left, mistakes, problems } = await importHcl(calls, { plan });
    expect([...left, ...mistakes, ...problems]).toEqual([formerType]);
    expect(JSON.parse(JSON.stringify(json))).toEqual({
      variable: {
        domain: { type: 'string' },
        app_a_extra: { type: 'object({ path = string })', default: null },
      },
      resource: {
        kubernetes_service_v1: {
          app_a_this: {
            metadata: { name: 'a', labels: { app: 'a', kind: 'web' } },
            spec: { port: [{ port: 80 }] },
          },
        },
        kubernetes_config_map_v1: {
          app_a_this: {
            for_each: '${var.app_a_extra == null ? {} : { extra = var.app_a_extra.path }}',
            metadata: { name: '${kubernetes_service_v1.app_a_this.metadata[0].name}-x' },
            data: { a: 'one', h: '${each.value}' },
          },
        },
      },
      moved: [{ from: 'module.app["a"].kubernetes_service_v1.this', to: 'kubernetes_service_v1.app_a_this' }],
      output: { url: { value: 'http://${"a.${var.domain}"}/${kubernetes_service_v1.app_a_this.id}' } },
    });
    expect(Object.keys(files)).toEqual(['main.ts', 'app/a.conf']);
  });

  it('tells of moves inside that go with it', async () => {
    const moved = `moved {
      from = kubernetes_service_v1.before
      to   = kubernetes_service_v1.this
    }`;
    const plan = { planned_values: { root_module: { child_modules: [{ address: 'module.app["a"]' }] } } };
    const { left, folder } = await importHcl({ ...calls, 'app/moved.tf': moved }, { plan });
    expect(left).toEqual([
      formerType,
      {
        where: `${folder}/app/moved.tf:1`,
        what: 'moved speaks of an address in a module that comes out expanded',
        remedy:
          'Apply it where it was before you import, or write it again for the address that the plan shows',
      },
    ]);
  });

  it('refuses a plan that is none', async () => {
    const { problems, folder } = await importHcl(calls, { plan: { format_version: '1.2' } });
    expect(problems).toEqual([
      {
        where: `${folder}/plan.json:1`,
        what: 'must be a plan, but has no planned_values',
        remedy: 'Make it with terraform show -json PLAN > FILE',
      },
    ]);
  });
});
