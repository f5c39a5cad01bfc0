import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryWorkspace, temporaryHome, temporaryWorkspace } from '@home/testing';
import { createTree } from '@nx/devkit/testing';
import importGenerator from './generator';

jest.setTimeout(300_000);

/** A home whose workloads may be Kubernetes' objects. */
const home = {
  'apps/workloads/stack.ts': `
import { stack } from '@home/home';
import { clusterProvider } from '@home/kubernetes';
export default stack({ providers: { kubernetes: [clusterProvider()] } });
`,
  'apps/workloads/spaces/main.ts': `
import { resource } from '@home/providers';
const space = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });
export const apps = space.ref.metadata[0].name;
export default [space];
`,
};

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: apps}\ndata: {mode: quiet}\n';
/** Of a type that the manifest lacks. */
const limits =
  'apiVersion: v1\nkind: LimitRange\nmetadata: {name: limits, namespace: apps}\nspec: {limits: [{type: Container, default: {memory: 64Mi}}]}\n';

describe('npx nx g import', () => {
  let workspace: TemporaryWorkspace;
  let said: jest.SpiedFunction<typeof console.log>;
  const changes = (): string => workspace.run('git', 'status', '--porcelain', '--untracked-files=all').stdout;

  /** What Nx does without its start, which takes longer than all the rest: the files wait in a tree. */
  async function importText(text: string) {
    const from = join(workspace.root, 'given.yaml');
    writeFileSync(from, text);
    const tree = Object.assign(createTree(), { root: workspace.root });
    tree.delete('.prettierrc');
    try {
      const finish = await importGenerator(tree, { from, stack: 'workloads' });
      return { tree, finish };
    } finally {
      rmSync(from);
    }
  }
  const report = (): string => said.mock.calls.join('\n');

  beforeAll(() => {
    workspace = temporaryWorkspace(home);
    for (const tool of ['tools/import', 'tools/sync-schemas']) {
      cpSync(join(__dirname, '../..', tool), join(workspace.root, tool), { recursive: true });
    }
    workspace.commit();
  });
  beforeEach(() => {
    said = jest.spyOn(console, 'log').mockImplementation();
  });
  afterEach(() => {
    said.mockRestore();
    workspace.run('git', 'checkout', '--quiet', '.');
    workspace.run('git', 'clean', '--quiet', '--force', '-d', 'apps', 'libs', 'terraform');
  });
  afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

  it('writes a workload, learns its types, and generates', async () => {
    const { tree, finish } = await importText(`${settings}---\n${limits}`);
    expect(report()).toContain(
      '2 objects became 2 workloads:\n  apps/workloads/settings\n  apps/workloads/limits\n',
    );
    for (const { path, content } of tree.listChanges()) workspace.write({ [path]: String(content) });
    await finish();
    expect(workspace.read('apps/workloads/settings/main.ts')).toContain(`
import { resource } from '@home/providers';
import { apps } from '@home/workloads/spaces';

export default resource('kubernetes_config_map_v1', 'settings', {
  metadata: { name: 'settings', namespace: apps },
  data: { mode: 'quiet' },
});
`);
    expect(workspace.read('libs/providers/manifest.ts')).toContain(`'kubernetes_limit_range_v1',`);
    expect(Object.keys(workspace.generated())).toEqual(
      expect.arrayContaining(['workloads/limits.tf.json', 'workloads/settings.tf.json']),
    );
  });

  it('leaves it to Nx to write, which shows with --dry-run what it would write', async () => {
    const { tree } = await importText(limits);
    expect(tree.listChanges().map(({ type, path }) => `${type} ${path}`)).toEqual(
      expect.arrayContaining(['CREATE apps/workloads/limits/main.ts', 'UPDATE libs/providers/manifest.ts']),
    );
    expect(changes()).toBe('');
  });

  it('writes from standard input, says that the home does not generate with it, and ends in an error', () => {
    const large =
      'apiVersion: v1\\nkind: Pod\\nmetadata: {name: a, namespace: apps}\\nspec: {containers: [{name: a, image: "b/a:latest", resources: {requests: {memory: 900Gi}}}]}\\n';
    const command = `printf '${large}' | node_modules/.bin/nx g import --from -`;
    const { exitCode, stdout, stderr } = workspace.run('sh', '-c', command);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 object became 1 workload:\n  apps/workloads/a\n');
    expect(stderr).toContain('memory');
    expect(stdout + stderr).toContain(
      'npm run generate: must succeed after an import, but does not: the workloads are written, and terraform/ is as before. Fix what is named above and run it again.',
    );
    expect(workspace.read('apps/workloads/a/main.ts')).toMatch(/^\/\/ a, imported from standard input\.\n/);
    expect(changes()).toContain('apps/workloads/a/main.ts');
  });

  it('writes nothing when a program failed half-way', async () => {
    await expect(importText(`${settings}---\nError: boom\n`)).rejects.toThrow(
      'given.yaml:6: is not a Kubernetes object, since it has no apiVersion and kind: {"Error":"boom"}.',
    );
    expect(changes()).toBe('');
  });
});

/** An app that a browser opens: what a chart makes of it, and Terraform. */
const chart = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: wiki}
spec:
  selector: {matchLabels: {app: wiki}}
  template:
    metadata: {labels: {app: wiki}}
    spec: {containers: [{name: wiki, image: "example.org/wiki:1.2", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: wiki}
spec: {selector: {app: wiki}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: wiki, annotations: {traefik.ingress.kubernetes.io/router.middlewares: infra-strip@kubernetescrd}}
spec:
  rules: [{host: wiki.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: wiki, port: {number: 80}}}}]}}]
`;
const hcl = `
resource "kubernetes_deployment_v1" "blog" {
  metadata { name = "blog" }
  spec {
    selector { match_labels = { app = "blog" } }
    template {
      metadata { labels = { app = "blog" } }
      spec {
        container {
          name  = "blog"
          image = "example.org/blog:1.0"
        }
      }
    }
  }
}
resource "kubernetes_service_v1" "blog" {
  metadata { name = "blog" }
  spec {
    selector = { app = "blog" }
    port { port = 80 }
  }
}
resource "kubernetes_ingress_v1" "blog" {
  metadata { name = "blog" }
  spec {
    rule {
      host = "blog.example.com"
      http {
        path {
          path = "/"
          backend {
            service {
              name = kubernetes_service_v1.blog.metadata[0].name
              port { number = 80 }
            }
          }
        }
      }
    }
  }
}
`;

/** Nx would run the importer of this checkout, since the copy has its packages. */
const importAll = `
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { finishImport } = require('./tools/import/generator.ts');
const { importHome } = require('./tools/import/import-home.ts');
(async () => {
  for (const from of ['compose.yml', 'chart.yaml', 'hcl']) {
    const { files, report } = await importHome(process.cwd(), { from: 'given/' + from, stack: 'workloads' });
    console.log(report);
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  finishImport(process.cwd(), false);
})();
`;

it('asks for a login before what the world could open, in a home that the world knows', () => {
  const home = temporaryHome('two-machines');
  try {
    home.write({
      'given/compose.yml': `
services:
  photos: { image: "example.org/photos:1.4.2", ports: ["8080:3000"] }
  music: { image: "example.org/music:1.4.2", ports: ["8081:3000"], user: "1000" }
`,
      'given/chart.yaml': chart,
      'given/hcl/main.tf': hcl,
    });
    const { stdout, stderr, exitCode } = home.run(
      'node',
      '-r',
      './tools/nx-home/typescript.cjs',
      '-e',
      importAll,
    );
    expect([stderr, exitCode]).toEqual(['', 0]);
    expect(stdout.match(/it asks for a login, since the world knows its address/g)).toHaveLength(3);
    const code = (name: string) => home.read(`apps/workloads/${name}/main.ts`);
    const mark = '// imported: the world knows the address. What asks by itself may be public.\n';
    expect(code('photos')).toMatch(new RegExp(`${mark} +login: true,`));
    expect(code('music')).toMatch(new RegExp(`${mark} +'traefik.*': 'login@file',`));
    expect(code('wiki')).toMatch(
      new RegExp(`${mark} +'traefik.*': 'login@file, infra-strip@kubernetescrd',`),
    );
    expect(code('hcl')).toMatch(new RegExp(`${mark} +'traefik.*': 'login@file',`));
  } finally {
    rmSync(home.root, { recursive: true, force: true });
  }
});
