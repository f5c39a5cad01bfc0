import { importHcl } from './imported-hcl';

const secret = (data: string, more = ''): string => `
  resource "kubernetes_secret_v1" "login" {
    ${more}
    metadata { name = "login" }
    data = { ${data} }
  }`;

/** What stands in for secrets, and whether a secret is still in the code. All secrets are called hunter. */
async function importSecrets(hcl: string, files: Readonly<Record<string, string>> = {}) {
  const imported = await importHcl({ 'main.tf': hcl, ...files });
  expect([...imported.problems, ...imported.mistakes]).toEqual([]);
  expect(Object.values(imported.files).join('')).not.toMatch(/hunter/);
  const json = JSON.parse(JSON.stringify(imported.json)) as object;
  return { ...imported, json, names: imported.variables.map(({ name }) => name).sort() };
}

const data = (given: object) => ({ resource: { kubernetes_secret_v1: { login: { data: given } } } });

describe('secrets in HCL', () => {
  it('are taken out of locals that are called like one, and told of where they have another name', async () => {
    const { names, json, variables, left } = await importSecrets(`
      locals {
        login = { user = "me", password = "hunter2" }
        words = ["plain"]
      }
      output "user" { value = "\${local.login.user} \${local.words[0]}" }
      output "password" { value = local.login.password }
      ${secret('password = local.login.password, word = local.words[0]')}`);
    expect(names).toEqual(['login_password']);
    expect(variables.map(({ holds }) => holds)).toEqual(['password of local.login']);
    expect(json).toMatchObject({
      variable: { login_password: { sensitive: true } },
      output: { user: { value: '${local.login.user} plain' }, password: { sensitive: true } },
    });
    expect(left.map(({ what }) => what)).toEqual([
      'kubernetes_secret_v1.login: data.word is secret and reads local.words.0, which stays in the code as it is',
    ]);
  });

  it('are taken out of the defaults of variables that are called like one', async () => {
    const { names, json } = await importSecrets(`
      variable "password" { default = "hunter2" }
      variable "flag" { default = true }
      variable "unset" {}
      output "shown" { value = var.password }
      ${secret('password = var.password, other = "${var.unset}-${var.flag}"')}`);
    expect(names).toEqual(['password']);
    expect(json).toMatchObject({
      variable: { password: { sensitive: true }, flag: { default: true } },
      output: { shown: { value: '${var.password}', sensitive: true } },
    });
    expect(JSON.stringify(json)).not.toContain('hunter');
  });

  it('are taken out of functions, conditions and templates', async () => {
    const { names, left, json } = await importSecrets(`
      variable "on" { type = bool }
      locals { password = "hunter3" }
      ${secret(`
        encoded = base64encode("hunter1"),
        chosen  = var.on ? "hunter2" : "",
        url     = "https://\${local.password}@host",
        json    = jsonencode({ auths = { "host" = { auth = "hunter4" } } })
      `)}`);
    expect(names).toEqual(['login_chosen', 'login_encoded', 'login_json', 'password']);
    expect(json).toMatchObject(
      data({ encoded: '${base64encode(var.login_encoded)}', url: 'https://${var.password}@host' }),
    );
    expect(left.map(({ what }) => what)).toEqual([
      'kubernetes_secret_v1.login: data.url is secret and holds text that stays in the code',
    ]);
  });

  it('are taken out of what a block is repeated for', async () => {
    const { names, json } = await importSecrets(`
      locals {
        logins = {
          a = { user = "me", password = "hunter1" }
          b = { user = "you", password = "hunter2" }
        }
      }
      ${secret('password = each.value.password', 'for_each = local.logins')}`);
    expect(names).toEqual(['logins_a_password', 'logins_b_password']);
    expect(json).toMatchObject({
      resource: {
        kubernetes_secret_v1: {
          login: { for_each: { a: { user: 'me', password: '${var.logins_a_password}' } } },
        },
      },
    });
  });

  it('are what names no object: a name stands in every list', async () => {
    const { names } = await importSecrets(`
      variable "app" { default = "photos" }
      resource "kubernetes_namespace" "photos" {
        metadata { name = var.app }
      }
      ${secret('url = "http://${var.app}.local"')}`);
    expect(names).toEqual([]);
  });

  it('are what looks secret in the environment of a container', async () => {
    const { names, json } = await importSecrets(`
      variable "api_key" { default = "hunter2" }
      resource "kubernetes_pod_v1" "web" {
        metadata { name = "web" }
        spec {
          container {
            name = "web"
            env {
              name  = "API_TOKEN"
              value = "hunter1"
            }
            env {
              name  = "API_KEY"
              value = var.api_key
            }
            env {
              name  = "TOKEN_SECONDS"
              value = 3600
            }
            dynamic "env" {
              for_each = ["a"]
              content {
                name  = "LATE_TOKEN"
                value = "hunter3"
              }
            }
            env {
              name  = "LAST_TOKEN"
              value = "hunter4"
            }
          }
        }
      }`);
    expect(names).toEqual(['api_key', 'web_api_token', 'web_last_token', 'web_late_token']);
    const from = (key: string) => ({
      name: key,
      value_from: {
        secret_key_ref: { name: '${kubernetes_secret_v1.web_environment.metadata[0].name}', key },
      },
    });
    const env = [from('API_TOKEN'), from('API_KEY'), { name: 'TOKEN_SECONDS', value: '3600' }];
    expect(json).toMatchObject({
      variable: { api_key: { sensitive: true } },
      resource: {
        kubernetes_pod_v1: { web: { spec: { container: [{ env }] } } },
        kubernetes_secret_v1: {
          web_environment: {
            data: {
              API_TOKEN: '${var.web_api_token}',
              API_KEY: '${var.api_key}',
              LATE_TOKEN: '${var.web_late_token}',
              LAST_TOKEN: '${var.web_last_token}',
            },
          },
        },
      },
    });
  });

  const module = `
    variable "password" { type = string }
    variable "declared" {
      type      = string
      sensitive = true
    }
    ${secret('password = var.password')}
    output "shown" { value = var.declared }`;
  const call = `
    module "db" {
      source   = "./db"
      password = "hunter1"
      declared = "hunter2"
    }`;

  it('are taken out of arguments of modules that want secrets', async () => {
    const { names, json } = await importSecrets(call, { 'db/main.tf': module });
    expect(names).toEqual(['db_declared', 'db_password']);
    expect(json).toMatchObject({
      module: { db: { password: '${var.db_password}', declared: '${var.db_declared}' } },
    });
  });

  it('are files and defaults of sensitive variables, and no empty texts', async () => {
    const { names, json } = await importSecrets(
      `
      variable "token" {
        default   = "hunter1"
        sensitive = true
      }
      ${secret('key = file("${path.module}/tls.key"), empty = "", given = var.token')}`,
      { 'tls.key': 'hunter3' },
    );
    expect(names).toEqual(['login_key', 'token']);
    expect(json).toMatchObject({
      variable: { token: { sensitive: true } },
      ...data({ key: '${var.login_key}', empty: '', given: '${var.token}' }),
    });
  });

  it('are not what only stands among them', async () => {
    const { names, json } = await importSecrets(`
      ${secret('PASSWORD = "hunter2", SMTP_PORT = 587, ES_ENABLED = "true", TLS_SECRET_NAME = "wildcard", WORD = "hunter"')}
      data "cloud_secrets" "a" {
        add_to_token = "false"
        secret {
          name    = "database"
          payload = "hunter3"
        }
      }`);
    expect(names).toEqual(['a_secret_0_payload', 'login_password', 'login_word']);
    expect(json).toMatchObject(
      data({
        PASSWORD: '${var.login_password}',
        SMTP_PORT: '587',
        ES_ENABLED: 'true',
        TLS_SECRET_NAME: 'wildcard',
        WORD: '${var.login_word}',
      }),
    );
  });

  it('are what looks secret wherever it stands', async () => {
    const { json } = await importSecrets(
      `
      variable "env" { default = { DB_PASSWORD = "hunter1", TZ = "UTC" } }
      variable "words" { default = ["plain"] }
      locals {
        given = merge({ DB_PASSWORD = "hunter2", TZ = "UTC" }, var.env)
        list  = [{ name = "API_TOKEN", value = "hunter3" }, { name = "A", value = "b" }]
        url   = "postgres://me:hunter4@db/\${var.words[0]}"
      }
      module "db" {
        source = "./db"
        env    = { DB_PASSWORD = "hunter5", TZ = "UTC" }
        args   = ["--token", "hunter6", "--user", "me"]
      }
      module "plain" { source = "./db" }
      output "made" { value = [module.db.url] }
      output "plain" { value = module.plain.url }
      output "all" { value = [local.given, local.list, local.url] }
      resource "kubernetes_service_v1" "web" {
        metadata {
          name        = "web"
          annotations = { "example.org/settings" = yamlencode({ user = "me", password = "hunter7" }) }
        }
      }`,
      { 'db/main.tf': 'locals { config = { login = { password = "hunter8" } } }' },
    );
    expect(json).toMatchObject({
      module: {
        db: {
          env: { DB_PASSWORD: '${var.db_env_db_password}', TZ: 'UTC' },
          args: ['--token', '${var.db_args_token}', '--user', 'me'],
          config_login_password: '${var.config_login_password}',
        },
      },
    });
    expect(json).toMatchObject({ output: { made: { sensitive: true } } });
    expect(json).not.toMatchObject({ output: { plain: { sensitive: true } } });
    expect(JSON.stringify(json)).toContain('= var.given_db_password, ');
    expect(JSON.stringify(json)).toContain('var.list_0_api_token');
    expect(JSON.stringify(json)).toContain('${var.url}${var.words[0]}');
  });
});

describe('secrets of pods in HCL', () => {
  const pod = (inside: string): string => `
    resource "kubernetes_pod_v1" "web" {
      metadata { name = "web" }
      spec {
        container {
          name = "web"
          ${inside}
        }
        volume {
          name = "config"
          config_map { name = kubernetes_config_map.web.metadata[0].name }
        }
        volume {
          name = "other"
          config_map { name = "other" }
        }
        volume {
          name = "both"
          projected {
            sources {
              config_map { name = "web" }
            }
          }
        }
      }
    }`;

  it('are read from its environment by its commands', async () => {
    const { json } =
      await importSecrets(`${pod('args = ["serve", "--password=hunter1", "--token", "hunter2", "\${var.word}"]')}
      variable "word" {}
      resource "kubernetes_config_map" "web" {
        metadata { name = "web" }
      }`);
    expect(json).toMatchObject({
      resource: {
        kubernetes_pod_v1: {
          web: {
            spec: {
              container: [
                {
                  args: [
                    'serve',
                    '--password=$(SECRET_PASSWORD)',
                    '--token',
                    '$(SECRET_TOKEN)',
                    '${var.word}',
                  ],
                  env: [{ name: 'SECRET_PASSWORD' }, { name: 'SECRET_TOKEN' }],
                },
              ],
            },
          },
        },
        kubernetes_secret_v1: { web_environment: { data: { SECRET_TOKEN: '${var.web_secret_token}' } } },
      },
    });
  });

  it('are in a Secret with all that its environment is repeated for', async () => {
    const { json } = await importSecrets(
      pod(`
        dynamic "env" {
          for_each = { DB_PASSWORD = "hunter1", TZ = "UTC" }
          content {
            name  = "APP_\${env.key}"
            value = env.value
          }
        }
        dynamic "env" {
          for_each = ["plain"]
          content {
            name  = env.value
            value = "x"
          }
        }`).replaceAll('kubernetes_config_map.web.metadata[0].name', '"a"'),
    );
    const secrets = '{ "DB_PASSWORD" = var.web_db_password, "TZ" = "UTC" }';
    expect(json).toMatchObject({
      resource: {
        kubernetes_pod_v1: {
          web: {
            spec: {
              container: [
                {
                  dynamic: { env: [{ for_each: ['plain'] }] },
                  env_from: [
                    { secret_ref: { name: '${kubernetes_secret_v1.web_environment.metadata[0].name}' } },
                  ],
                },
              ],
            },
          },
        },
        kubernetes_secret_v1: {
          web_environment: {
            data: `\${{ for each_key, each_value in ${secrets} : "APP_\${each_key}" => each_value }}`,
          },
        },
      },
    });
  });

  it('are in a Secret beside their ConfigMap, which all that reads this then reads, too', async () => {
    const { json, left } = await importSecrets(
      `${pod(`
        env_from {
          config_map_ref { name = "web" }
        }
        env {
          name = "INI"
          value_from {
            config_map_key_ref {
              name = kubernetes_config_map.web.metadata.0.name
              key  = "app.ini"
            }
          }
        }`)}
      resource "kubernetes_config_map" "web" {
        metadata { name = "web" }
        data = {
          "app.ini"  = file("\${path.module}/app.ini")
          "run.conf" = "user = me\\npassword = hunter1\\n"
          plain      = "1"
        }
      }
      output "ini" {
        value     = kubernetes_config_map.web.data["app.ini"]
        sensitive = true
      }`,
      { 'app.ini': 'url = postgres://me:hunter2@db/web\n' },
    );
    const name = '${kubernetes_secret_v1.web_secret.metadata[0].name}';
    expect(json).toMatchObject({
      resource: {
        kubernetes_config_map_v1: { web: { data: { plain: '1' } } },
        kubernetes_secret_v1: {
          web_secret: {
            metadata: { name: 'web-secret' },
            data: { 'app.ini': '${var.web_app_ini}', 'run.conf': '${var.web_run_conf}' },
          },
        },
        kubernetes_pod_v1: {
          web: {
            spec: {
              container: [
                {
                  env_from: [{ config_map_ref: { name: 'web' } }, { secret_ref: { name } }],
                  env: [{ name: 'INI', value_from: { secret_key_ref: { name, key: 'app.ini' } } }],
                },
              ],
              volume: [
                {
                  name: 'config',
                  projected: [{ sources: [{ config_map: [{}] }, { secret: [{ name }] }] }],
                },
                { name: 'other', config_map: { name: 'other' } },
                {
                  name: 'both',
                  projected: [{ sources: [{ config_map: [{ name: 'web' }] }, { secret: [{ name }] }] }],
                },
              ],
            },
          },
        },
      },
      output: { ini: { value: '${kubernetes_secret_v1.web_secret.data["app.ini"]}' } },
    });
    expect(left.map(({ what }) => what)).toContain(
      'app.ini, run.conf: secret, and so in kubernetes_secret_v1.web_secret now',
    );
  });

  it('are files that an expression reads', async () => {
    const { names } = await importSecrets(
      `
      locals { login = jsondecode(file("\${path.module}/login-credentials.json")) }
      locals { credentials = jsondecode(file("\${path.module}/not-here.json")) }
      output "all" { value = [local.login, local.credentials] }`,
      { 'login-credentials.json': '{ "password": "hunter2" }' },
    );
    expect(names).toEqual(['credentials', 'login']);
  });

  it('are told of where nothing here reads them, and names alone make no secret', async () => {
    const { left, json } = await importSecrets(`
      variable "credentials" { default = {} }
      resource "kubernetes_config_map" "a" {
        metadata { name = "a" }
        data = { settings = yamlencode(var.credentials) }
      }
      resource "kubernetes_config_map" "b" {
        metadata { name = "b" }
        data = { PASSWORD = "hunter1" }
      }`);
    expect(json).toMatchObject({
      resource: { kubernetes_config_map_v1: { a: {} }, kubernetes_secret_v1: { b_secret: {} } },
    });
    expect(left).toContainEqual({
      where: expect.stringMatching(/main\.tf:7$/) as string,
      of: 'kubernetes_config_map.b',
      what: 'PASSWORD: secret, and so in kubernetes_secret_v1.b_secret now, which nothing here reads',
      remedy: 'Let what reads the ConfigMap read that Secret, too',
      weight: 'hurts',
    });
  });

  it('do not come along in a file that a template is made of', async () => {
    const { left } = await importSecrets(
      'output "a" { value = templatefile("${path.module}/conf/a.tpl", { b = 1 }) }',
      { 'conf/a.tpl': 'password = hunter1\n', 'conf/b.tpl': 'plain' },
    );
    expect(left.map(({ what }) => what)).toEqual([
      'conf/a.tpl is read, and is not there, is no text, or holds a secret',
    ]);
  });
});
