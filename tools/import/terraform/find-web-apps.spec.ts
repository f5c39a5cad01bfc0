import { importHcl } from './imported-hcl';
import { appHcl, memory } from './web-app-hcl';

const secret = `
  resource "kubernetes_secret_v1" "photos" {
    metadata { name = "photos" }
  }`;
const token = `env {
    name = "TOKEN"
    value_from {
      secret_key_ref {
        name = kubernetes_secret_v1.photos.metadata[0].name
        key  = "token"
      }
    }
  }`;

/** A root module in a folder `home`, as one workload. */
async function importing(...hcl: readonly string[]) {
  const imported = await importHcl({ 'home/main.tf': hcl.join('\n'), 'home/a.ini': 'a = 1\n' });
  expect([...imported.problems, ...imported.mistakes]).toEqual([]);
  const left = imported.left.map(({ where, what }) => `${where.split('/').at(-1)} ${what}`);
  return { ...imported, left, code: imported.files['main.ts'] ?? '' };
}

describe('blocks of an app', () => {
  it('become a web app where they say no more than one', async () => {
    const container = [
      memory,
      token,
      'env {\nname = "WORKERS"\nvalue = 2\n}',
      'env {\nname = "URL"\nvalue = "https://${var.domain}/$${path}"\n}',
    ].join('\n');
    const { code, left } = await importing(
      'variable "domain" {\ntype = string\n}',
      secret,
      appHcl({ container }),
    );
    expect(code).toBe(`// web, imported from the Terraform module home.
import { fromSecret, webApp } from '@home/kubernetes';
import { resource } from '@home/providers';
import { moved, tf, variable } from '@home/terraform';

const domain = variable<string>('domain', { type: 'string' });

const photosSecret = resource('kubernetes_secret_v1', 'photos', { metadata: { name: 'photos' } });

const apps = resource('kubernetes_namespace_v1', 'apps', { metadata: { name: 'apps' } });

const photos = webApp('photos', {
  namespace: apps.ref.metadata[0].name,
  image: 'example.org/photos:1.4.2',
  port: 3000,
  host: 'photos',
  memory: '96Mi',
  env: { TOKEN: fromSecret(photosSecret, 'token'), WORKERS: 2, URL: tf\`https://\${domain.ref}/\\\${path}\` },
});

const movedPhotosDeployment = moved('kubernetes_deployment_v1.web', 'kubernetes_deployment_v1.photos');

const movedPhotosService = moved('kubernetes_service_v1.web', 'kubernetes_service_v1.photos');

const movedPhotosIngress = moved('kubernetes_ingress_v1.web', 'kubernetes_ingress_v1.photos');

export default [
  domain,
  photosSecret,
  apps,
  photos,
  movedPhotosDeployment,
  movedPhotosService,
  movedPhotosIngress,
];
`);
    expect(left).toEqual([]);
  });

  it('are not moved from a type that the provider gave up, nor where a block of the user moves them', async () => {
    const former = await importing(appHcl({ version: '' }));
    expect(former.code.match(/moved\(.*\)/g)).toEqual([
      "moved('kubernetes_ingress_v1.web', 'kubernetes_ingress_v1.photos')",
    ]);
    const moved = 'moved {\nfrom = kubernetes_service_v1.old\nto = kubernetes_service_v1.web\n}';
    const { json } = await importing(appHcl(), moved);
    expect(json).toMatchObject({
      moved: expect.arrayContaining([
        { from: 'kubernetes_service_v1.old', to: 'kubernetes_service_v1.photos' },
      ]),
    });
    expect(json).not.toMatchObject({
      moved: expect.arrayContaining([expect.objectContaining({ from: 'kubernetes_service_v1.web' })]),
    });
  });

  it('give others the name and host that these read of them', async () => {
    const { json } = await importing(
      appHcl(),
      'output "name" { value = kubernetes_service_v1.web.metadata[0].name }',
      'output "url" { value = "http://${kubernetes_ingress_v1.web.spec[0].rule[0].host}" }',
    );
    expect(json).toMatchObject({
      output: {
        name: { value: '${kubernetes_service_v1.photos.metadata[0].name}' },
        url: { value: 'http://photos.rpi' },
      },
    });
  });

  it('say what they read of themselves', async () => {
    const container =
      'env {\nname = "SELF"\nvalue = "http://${kubernetes_service_v1.web.metadata[0].name}"\n}';
    const hcl = appHcl({ container }).replace(/selector = .*/, 'selector = local.labels');
    const { code } = await importing(hcl);
    expect(code).toContain("env: { SELF: 'http://photos' },");
  });

  it('keep their files of configuration, and name the namespace that they wait for', async () => {
    const config = `resource "kubernetes_config_map_v1" "photos" {
      metadata {
        name      = "photos"
        namespace = "apps"
      }
      data = { "a.ini" = file("\${path.module}/a.ini") }
    }`;
    const mount = 'volume_mount {\nname = "config"\nmount_path = "/etc/photos"\n}';
    const pod = `volume {
      name = "config"
      config_map { name = kubernetes_config_map_v1.photos.metadata[0].name }
    }`;
    const hcl = appHcl({ container: mount, pod }).replace(
      /namespace = kubernetes_namespace_v1\S+/g,
      'namespace = "apps"',
    );
    const waiting = hcl.replace('_v1" "web" {', '_v1" "web" {\ndepends_on = [kubernetes_namespace_v1.apps]');
    const { code } = await importing(config, waiting);
    expect(code).toContain('namespace: apps.ref.metadata[0].name,');
    expect(code).toContain("files: { 'a.ini': readFileSync(join(__dirname, 'a.ini'), 'utf8') },");
  });

  it('tell what the home does in its own way, and what they follow no more', async () => {
    const { left } = await importing(
      'variable "domain" {\ndefault = "example.org"\n}',
      appHcl({ host: 'photos.${var.domain}', deployment: 'wait_for_rollout = true' }),
    );
    expect(left).toEqual([
      'main.tf:9 Deployment photos: a stack of the home waits once, for all that it made',
      'main.tf:9 Deployment photos: no memory was requested; 64Mi is a guess',
      'main.tf:44 Ingress photos: photos.example.org becomes photos.home.example',
      'main.tf:44 Ingress photos: does not follow var.domain any more',
    ]);
  });

  const variable = 'variable "some" {}';
  const read = (attribute: string): string =>
    `output "some" { value = kubernetes_service_v1.web${attribute} }`;
  test.each<[string, string, string?]>([
    ['instances', appHcl({ deployment: 'count = 2' })],
    ['a lifecycle', appHcl({ ingress: 'lifecycle { prevent_destroy = true }' })],
    ['a configuration of the provider', appHcl({ deployment: 'provider = kubernetes.other' })],
    [
      'something that they wait for',
      appHcl({ deployment: 'depends_on = [kubernetes_secret_v1.photos]' }),
      secret,
    ],
    [
      'blocks that Terraform makes',
      appHcl({ container: 'dynamic "env" {\nfor_each = {}\ncontent { name = env.key }\n}' }),
    ],
    ['a host that only Terraform knows', appHcl({ host: '${var.some}' }), variable],
    [
      'memory that only Terraform knows',
      appHcl({ container: memory.replace('"96Mi"', 'var.some') }),
      variable,
    ],
    ['arguments that only Terraform knows', appHcl({ container: 'args = var.some' }), variable],
    ['labels that others read', appHcl(), read('.metadata[0].labels')],
    [
      'a block that others wait for',
      appHcl(),
      secret.replace('{', '{\ndepends_on = [kubernetes_service_v1.web]'),
    ],
    [
      'a caller at another port',
      appHcl(),
      'locals { url = "http://photos.apps:3000" }\noutput "u" { value = local.url }',
    ],
    [
      'a namesake',
      appHcl(),
      'resource "kubernetes_service_v1" "photos" {\nmetadata { name = "other" }\nspec {\nport { port = 1 }\n}\n}',
    ],
    [
      'a value that leads back to them',
      appHcl({
        container: 'env {\nname = "A"\nvalue = kubernetes_service_v1.web.metadata[0].uid\n}',
      }).replace(/selector = .*/, 'selector = local.labels'),
    ],
  ])('stay the blocks that they are with %s', async (_, hcl, more = '') => {
    const { files } = await importHcl({ 'main.tf': [hcl, more].join('\n') });
    expect(files['main.ts']).not.toContain('webApp');
    expect(files['main.ts']).toContain("resource('kubernetes_ingress_v1', 'web', {");
  });
});
