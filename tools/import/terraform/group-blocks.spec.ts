import type { Definition } from '../code/code';
import { importHcl } from './imported-hcl';

const deployment = (name: string, more = '', labels = `app = "${name}"`): string => `
  resource "kubernetes_deployment" "${name}" {
    metadata {
      name      = "${name}"
      namespace = kubernetes_namespace.apps.metadata[0].name
    }
    spec {
      selector {
        match_labels = { ${labels} }
      }
      template {
        metadata {
          labels = { ${labels} }
        }
        spec {
          container {
            name  = "${name}"
            image = "registry.example/${name}:1.0"
            ${more}
          }
        }
      }
    }
  }`;

const service = (name: string, app = name): string => `
  resource "kubernetes_service" "${name}" {
    metadata {
      name      = "${name}"
      namespace = kubernetes_namespace.apps.metadata[0].name
    }
    spec {
      selector = { app = "${app}" }
      port { port = 80 }
    }
  }`;

const ingress = (name: string, ...services: readonly string[]): string => `
  resource "kubernetes_ingress_v1" "${name}" {
    metadata {
      name      = "${name}"
      namespace = kubernetes_namespace.apps.metadata[0].name
    }
    spec {
      rule {
        host = "\${var.host}"
        http {
          ${services.map((one) => `path { backend { service { name = "${one}" } } }`.replaceAll('{ ', '{\n').replaceAll(' }', '\n}')).join('\n')}
        }
      }
    }
  }`;

const namespace = `
  variable "host" { default = "example" }
  resource "kubernetes_namespace" "apps" {
    metadata { name = "apps" }
  }`;

/** Workload → what it makes: `deployment web`. */
async function divided(files: Readonly<Record<string, string>>) {
  const hcl = Object.fromEntries(Object.entries(files).map(([file, text]) => [`home/${file}`, text]));
  const { workloads, problems, mistakes } = await importHcl(hcl, { name: null });
  expect([...problems, ...mistakes]).toEqual([]);
  return Object.fromEntries(
    workloads.map(({ name, files }) => [
      name,
      files.flatMap(({ definitions }) => definitions.flatMap(madeBy)).sort(),
    ]),
  );
}

function madeBy({ code, exports }: Definition): string[] {
  if (!exports || code.kind !== 'call' || code.callee.kind !== 'imported') return [];
  const texts = code.given.flatMap((one) => (one.kind === 'literal' ? [String(one.value)] : []));
  if (code.callee.name !== 'resource') return [[code.callee.name, texts[0]].join(' ')];
  return [texts.join(' ').replace(/^kubernetes_|_v\d+(?= )/g, '')];
}

describe('a root module', () => {
  it('becomes a workload for each app, and one for what they share', async () => {
    const hcl = [
      namespace,
      ...['web', 'api'].flatMap((name) => [deployment(name), service(name), ingress(name, name)]),
      `resource "kubernetes_config_map" "settings" {
        metadata {
          name      = "settings"
          namespace = kubernetes_namespace.apps.metadata[0].name
        }
        data = { host = local.api_host }
      }
      locals { api_host = "api.\${var.host}" }
      variable "level" { default = "info" }`,
      deployment(
        'jobs',
        'env {\nname = "LEVEL"\nvalue = var.level\n}\nenv_from {\nconfig_map_ref {\nname = "settings"\n}\n}',
      ),
    ].join('\n');
    expect(await divided({ 'main.tf': hcl })).toEqual({
      home: ['namespace apps', 'variable host'],
      web: ['deployment web', 'ingress web', 'service web'],
      api: ['deployment api', 'ingress api', 'service api'],
      jobs: ['config_map settings', 'deployment jobs', 'variable level'],
    });
  });

  it('stays one workload when it holds one app', async () => {
    expect(await divided({ 'main.tf': namespace + deployment('web') + service('web') })).toEqual({
      home: ['deployment web', 'namespace apps', 'service web', 'variable host'],
    });
  });

  it('leaves an app that others use an app of its own, from which they import', async () => {
    const url = 'env {\nname = "DB"\nvalue = kubernetes_service.db.metadata[0].name\n}';
    const hcl = [namespace, deployment('db'), service('db'), deployment('web', url), deployment('api', url)];
    expect(await divided({ 'main.tf': hcl.join('\n') })).toMatchObject({
      db: ['deployment db', 'service db'],
      web: ['deployment web'],
      api: ['deployment api'],
    });
  });

  it('puts a data source beside what reads it, so that no two workloads need each other', async () => {
    const settings = 'data "kubernetes_config_map_v1" "settings" {\nmetadata {\nname = "settings"\n}\n}';
    const common = `resource "kubernetes_config_map" "common" {
      metadata {
        name      = "common"
        namespace = kubernetes_namespace.apps.metadata[0].name
      }
      data = { level = data.kubernetes_config_map_v1.settings.data["level"] }
    }`;
    const reads = 'env_from {\nconfig_map_ref {\nname = kubernetes_config_map.common.metadata[0].name\n}\n}';
    const files = {
      'main.tf': [namespace, common].join('\n'),
      'web.tf': [settings, deployment('web', reads)].join('\n'),
      'api.tf': deployment('api', reads),
    };
    expect(await divided(files)).toEqual({
      home: ['namespace apps', 'variable host'],
      web: ['config_map common', 'data kubernetes_config_map_v1', 'deployment web'],
      api: ['deployment api'],
    });
  });

  it('puts apps that use each other together', async () => {
    const uses = (name: string) =>
      `env {\nname = "A"\nvalue = kubernetes_service.${name}.metadata[0].name\n}`;
    const hcl = [
      namespace,
      deployment('a', uses('b')),
      service('a'),
      deployment('b', uses('a')),
      service('b'),
      deployment('c'),
    ];
    expect(await divided({ 'main.tf': hcl.join('\n') })).toMatchObject({
      a: ['deployment a', 'deployment b', 'service a', 'service b'],
      c: ['deployment c'],
    });
  });

  it('takes an app and what it uses for one where they share a file, under its name', async () => {
    const url = 'env {\nname = "DB"\nvalue = kubernetes_service.db.metadata[0].name\n}';
    expect(
      await divided({
        'main.tf': namespace,
        'photos.tf': [deployment('db'), service('db'), deployment('server', url)].join('\n'),
        'web.tf': deployment('web'),
      }),
    ).toMatchObject({
      photos: ['deployment db', 'deployment server', 'service db'],
      web: ['deployment web'],
    });
  });

  it('gives an ingress for several apps a workload that imports them', async () => {
    const hcl = [namespace, deployment('web'), service('web'), deployment('api'), service('api')];
    const all = ingress('all', 'web', 'api').replace(
      /"(web|api)"(?=\n\})/g,
      'kubernetes_service.$1.metadata[0].name',
    );
    expect(await divided({ 'main.tf': [...hcl, all].join('\n') })).toMatchObject({
      web: ['deployment web', 'service web'],
      all: ['ingress all', 'variable host'],
    });
  });

  it('puts a module that several call beside what they share, and their outputs where they belong', async () => {
    const call = (name: string) => `
      module "${name}" {
        source = "./app"
        name   = "${name}"
      }
      output "${name}" { value = module.${name}.id }`;
    const app = `variable "name" {}
      output "id" { value = "x" }
      ${deployment('this').replace(/kubernetes_namespace[\w.[\]]*/, '"default"')}`;
    const files = {
      'main.tf': [call('web'), call('api'), 'variable "unused" {}'].join('\n'),
      'app/main.tf': app,
    };
    expect(await divided(files)).toEqual({
      home: ['variable unused'],
      web: ['module web', 'output web'],
      api: ['module api', 'output api'],
    });
    const hcl = Object.fromEntries(Object.entries(files).map(([file, text]) => [`home/${file}`, text]));
    const { workloads, json } = await importHcl(hcl, { name: null });
    const shared = workloads.find(({ name }) => name === 'home');
    expect([...(shared?.assets.keys() ?? [])]).toEqual(['app/main.tf.json']);
    expect(json).toMatchObject({ module: { api: { source: '../../apps/workloads/home/app' } } });
  });
});
