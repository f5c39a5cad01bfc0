import { importHcl } from './imported-hcl';

interface Case {
  readonly name: string;
  readonly hcl: string;
  /** What the blocks generate. */
  readonly json?: object;
  /** Pieces of the TypeScript. */
  readonly code?: readonly string[];
}

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

const container = (json: object) => ({
  resource: {
    kubernetes_deployment_v1: {
      web: {
        metadata: { name: 'web' },
        spec: { template: { metadata: {}, spec: { container: [{ name: 'web', ...json }] } } },
      },
    },
  },
});

const cases: readonly Case[] = [
  {
    name: 'a reference as a typed reference, under the name that the type has now',
    hcl: `
      resource "kubernetes_namespace" "apps" {
        metadata { name = "apps" }
      }
      resource "kubernetes_config_map" "web" {
        metadata {
          name      = "web"
          namespace = kubernetes_namespace.apps.metadata.0.name
        }
      }`,
    code: ["resource('kubernetes_namespace_v1', 'apps'", 'namespace: apps.ref.metadata[0].name'],
    json: {
      resource: {
        kubernetes_namespace_v1: { apps: { metadata: { name: 'apps' } } },
        kubernetes_config_map_v1: {
          web: { metadata: { name: 'web', namespace: '${kubernetes_namespace_v1.apps.metadata[0].name}' } },
        },
      },
    },
  },
  {
    name: 'a variable with its type, its default taken literally, and conditions on itself',
    hcl: `
      variable "sizes" {
        type        = map(object({ size = string, count = optional(number, 1) }))
        default     = { a = { size = "$${'$'}{literal}" } }
        description = "How large"
        validation {
          condition     = length(var.sizes) > 0
          error_message = "none"
        }
      }`,
    code: ["variable<Record<string, { size: string; count?: number }>>('sizes'", 'validation: (value) => ['],
    json: {
      variable: {
        sizes: {
          type: 'map(object({ size = string, count = optional(number, 1) }))',
          description: 'How large',
          default: { a: { size: '${literal}' } },
          validation: [{ condition: '${length(var.sizes) > 0}', error_message: 'none' }],
        },
      },
    },
  },
  {
    name: 'a local as a constant, in parentheses where it is an operand',
    hcl: `
      variable "a" { type = bool }
      locals {
        name  = "web"
        isOff = var.a || false
      }
      output "name" { value = "\${local.name}-x" }
      output "on" { value = !local.isOff && true }`,
    code: ["const name = 'web';"],
    json: {
      variable: { a: { type: 'bool' } },
      output: { name: { value: 'web-x' }, on: { value: '${!(var.a || false) && true}' } },
    },
  },
  {
    name: 'a local into which something steps as a local of Terraform',
    hcl: `
      variable "given" { default = {} }
      locals { all = merge({ a = 1 }, var.given) }
      output "a" { value = local.all["a"] }`,
    json: {
      variable: { given: { default: {} } },
      locals: { all: '${merge({ "a" = 1 }, var.given)}' },
      output: { a: { value: '${local.all.a}' } },
    },
  },
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
    name: 'functions as typed helpers, unknown ones by name, and a splat as source text',
    hcl: `
      variable "words" { type = list(string) }
      output "a" { value = upper(join("-", var.words)) }
      output "b" { value = startswith(var.words[0], "x") }
      output "c" { value = [for word in var.words : "<\${word}>" if word != ""] }`,
    code: ["upper(join('-', words.ref))", "call<boolean>('startswith', words.ref[0], 'x')"],
    json: {
      variable: { words: { type: 'list(string)' } },
      output: {
        a: { value: '${upper(join("-", var.words))}' },
        b: { value: '${startswith(var.words[0], "x")}' },
        c: { value: '${[for word in var.words : "<${word}>" if word != ""]}' },
      },
    },
  },
  {
    name: 'heredocs, indented or not, and text that only looks like a template',
    hcl: 'variable "x" {}\noutput "a" {\n  value = <<-EOT\n    one ${var.x}\n      $${two} "three" \\n\n  EOT\n}\n',
    json: {
      variable: { x: {} },
      output: { a: { value: 'one ${var.x}\n  $${two} "three" \\n\n' } },
    },
  },
  {
    name: 'templates with directives',
    hcl: `
      variable "on" { type = bool }
      output "a" { value = "x%{ if var.on } on%{ else } off%{ endif }" }`,
    json: {
      variable: { on: { type: 'bool' } },
      output: { a: { value: '${"x%{ if var.on } on%{ else } off%{ endif }"}' } },
    },
  },
  {
    name: 'keys that Terraform computes',
    hcl: `
      variable "app" { type = string }
      output "a" { value = { (var.app) = 1, "\${var.app}-b" = 2 } }`,
    json: {
      variable: { app: { type: 'string' } },
      output: { a: { value: '${{ ("${var.app}-b") = 2, (var.app) = 1 }}' } },
    },
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
            metadata: { name: 'web' },
            spec: {
              rule: [
                {
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

describe('HCL', () => {
  it.each(cases)('becomes code: $name', async ({ hcl, json, code = [] }) => {
    const imported = await importHcl({ 'main.tf': hcl });
    expect(imported.problems).toEqual([]);
    expect(imported.mistakes).toEqual([]);
    if (json !== undefined) expect(JSON.parse(JSON.stringify(imported.json))).toEqual(json);
    for (const piece of code) expect(imported.files['main.ts']?.replace(/\s+/g, ' ')).toContain(piece);
  });

  it('keeps a yamlencode of literals and the files that it reads beside the code', async () => {
    const { files, json } = await importHcl({
      'main.tf': `
        resource "kubernetes_config_map" "web" {
          metadata { name = "web" }
          data = {
            "app.yaml" = yamlencode({ level = "info", ports = [80] })
            "a.conf"   = file("\${path.module}/a.conf")
            "b.conf"   = templatefile("\${path.module}/b.tpl", { name = "x" })
          }
        }`,
      'a.conf': 'one\n',
      'b.tpl': 'two ${name}\n',
    });
    expect(files).toMatchObject({
      'app.yaml': 'level: info\nports:\n  - 80\n',
      'a.conf': 'one\n',
      'b.tpl': 'two ${name}\n',
    });
    expect(files['main.ts']).toContain("'app.yaml': readFileSync(join(__dirname, 'app.yaml'), 'utf8')");
    expect(json).toMatchObject({
      resource: {
        kubernetes_config_map_v1: {
          web: {
            data: {
              'a.conf': 'one\n',
              'b.conf': '${templatefile("${path.module}/../../apps/workloads/web/b.tpl", { "name" = "x" })}',
            },
          },
        },
      },
    });
  });

  it('keeps a call of a local module over a converted folder, without secrets and under present names', async () => {
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
        resource "kubernetes_secret" "login" {
          metadata { name = var.name }
          data = { password = "hunter2" }
        }
        output "name" { value = kubernetes_secret.login.metadata[0].name }`,
    });
    expect(left).toEqual([]);
    expect(variables.map(({ name, holds }) => `${name}: ${holds}`)).toEqual([
      'login_password: password of kubernetes_secret.login',
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
    expect([...left, ...mistakes, ...problems]).toEqual([]);
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

  it('lists the moves inside of modules that a plan expands', async () => {
    const moved = `moved {
      from = kubernetes_service_v1.before
      to   = kubernetes_service_v1.this
    }`;
    const plan = { planned_values: { root_module: { child_modules: [{ address: 'module.app["a"]' }] } } };
    const { left, folder } = await importHcl({ ...calls, 'app/moved.tf': moved }, { plan });
    expect(left).toEqual([
      {
        where: `${folder}/app/moved.tf:1`,
        what: 'moved speaks of an address in a module that comes out expanded',
        remedy:
          'Apply it where it was before you import, or write it again for the address that the plan shows',
      },
    ]);
  });

  it('gives another name to what the stack has already', async () => {
    const hcl = `
      variable "host" { default = "h" }
      resource "kubernetes_service" "web" {
        metadata { name = var.host }
      }
      output "name" { value = kubernetes_service.web.metadata[0].name }`;
    const { json } = await importHcl(
      { 'main.tf': hcl },
      { addresses: ['var.host', 'kubernetes_service_v1.web'] },
    );
    expect(json).toMatchObject({
      variable: { web_host: { default: 'h' } },
      resource: { kubernetes_service_v1: { web_web: { metadata: { name: '${var.web_host}' } } } },
      output: { name: { value: '${kubernetes_service_v1.web_web.metadata[0].name}' } },
    });
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

  it('means the same with a byte order mark, tabs and carriage returns', async () => {
    const hcl =
      'resource "kubernetes_config_map" "web" {\n\tmetadata {\n\t\tname = "web"\n\t}\n\tdata = {\n\t\ta = <<-X\n\t\t\tone\n\t\tX\n\t}\n}\n';
    const [unix, windows] = await Promise.all([
      importHcl({ 'main.tf': hcl }),
      importHcl({ 'main.tf': hcl.replaceAll('\n', '\r\n') }),
    ]);
    const text = (json: object) => JSON.stringify(json).replaceAll('\\r', '');
    expect(text(windows.json)).toBe(text(unix.json));
  });

  it('tells what stays behind, and where it stood', async () => {
    const { left, folder } = await importHcl({
      'main.tf': 'terraform {}\nprovider "kubernetes" {\n  host = "x"\n}\nresource "cloud_thing" "x" {}\n',
      'more.tf.json': '{}',
    });
    expect(left.map(({ where, what }) => `${where.replace(folder, '')} ${what.split(';')[0]}`)).toEqual([
      '/main.tf:1 the stack says which versions, providers and backend it uses',
      '/main.tf:2 the stack configures the providers, in its stack.ts',
      '/main.tf:5 cloud_thing.x: nothing is known of cloud_thing',
      '/more.tf.json stays behind',
    ]);
  });

  it('is refused with file, line and remedy where it is no HCL', async () => {
    const { problems, workloads, folder } = await importHcl({
      'good.tf': 'locals {}\n',
      'bad.tf': 'locals {\n  a = [\n}\n',
    });
    expect(workloads).toEqual([]);
    expect(problems).toEqual([
      {
        where: `${folder}/bad.tf:3`,
        what: 'must be HCL: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
        remedy: 'Mend it; terraform fmt finds the same',
      },
    ]);
  });

  it("is asked for where there is only Terraform's JSON", async () => {
    const { problems, workloads } = await importHcl({ 'main.tf.json': '{}' });
    expect(workloads).toEqual([]);
    expect(problems.map(({ what }) => what)).toEqual([
      "must be HCL, but is Terraform's JSON, which a program wrote",
    ]);
  });
});
