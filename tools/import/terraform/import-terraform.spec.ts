import { formatProblem } from '@home/terraform';
import { importHcl } from './imported-hcl';

describe('HCL', () => {
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

  it('makes a file of a heredoc with directives, which gets what it names', async () => {
    const { files } = await importHcl({
      'main.tf': `
        variable "hosts" {}
        variable "port" {}
        resource "kubernetes_config_map" "web" {
          metadata { name = "web" }
          data = {
            "a.conf" = <<EOT
# $\${HOME}
%{ for host in var.hosts ~}
server \${host}:\${var.port}
%{ endfor ~}
EOT
          }
        }`,
    });
    expect(files['a.conf.tftpl']).toBe(
      '# $${HOME}\n%{ for host in hosts }server ${host}:${port}\n%{ endfor }',
    );
    expect(files['main.ts']?.replace(/\s+/g, ' ')).toContain(
      "call<string>('templatefile', tf`${path.module}/../../apps/workloads/web/a.conf.tftpl`, { hosts: hosts.ref, port: port.ref, })",
    );
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
      '/main.tf:5 cloud_thing.x: of cloud the home has recorded no schema, so it does not generate yet',
      '/main.tf:1 the stack says which versions, providers and backend it uses',
      '/main.tf:2 the stack configures the providers, in its stack.ts',
      '/more.tf.json stays behind',
    ]);
  });

  it('says what to write and what to run for a provider of which no schema is recorded', async () => {
    const { left } = await importHcl({
      'main.tf': `
        terraform {
          required_providers { cloud = { source = "example/cloud", version = "~> 2.1" } }
        }
        resource "cloud_thing" "a" {}
        data "cloud_thing" "b" {}
        resource "minio_iam_service_account" "c" {}`,
    });
    const then = 'then run npm run sync-schemas and npm run generate';
    expect(left.filter(({ weight }) => weight === 'hurts').map(({ remedy }) => remedy)).toEqual([
      `Add cloud: { source: 'example/cloud', version: '2.1.0', resources: ['cloud_thing'], dataSources: ['cloud_thing'], ephemeralResources: [] } in libs/providers/manifest.ts and cloud: [provider('cloud', {})] to the providers of apps/workloads/stack.ts, ${then}`,
      `Add resources: ['minio_iam_service_account'] to minio in libs/providers/manifest.ts and minio: [provider('minio', {})] to the providers of apps/workloads/stack.ts, ${then}`,
    ]);
  });

  it('makes of a null_resource what Terraform itself has for it', async () => {
    const { json } = await importHcl({
      'main.tf': `
        resource "null_resource" "a" { triggers = { version = "1" } }
        output "version" { value = null_resource.a.triggers["version"] }`,
    });
    expect(json).toMatchObject({
      resource: { terraform_data: { a: { triggers_replace: { version: '1' } } } },
      output: { version: { value: '${terraform_data.a.triggers_replace.version}' } },
    });
  });

  it('keeps no comment in the source of an expression, where it would name what is not there', async () => {
    const { json } = await importHcl({
      'main.tf': `variable "a" {}
        locals {
          all = merge(var.a, {
            # local.gone
            b = "# text" // and more
          })
        }
        output "all" { value = local.all }`,
    });
    expect(JSON.stringify(json)).toContain('# text');
    expect(JSON.stringify(json)).not.toMatch(/gone|and more/);
  });

  it('tells of types that have another name now, since their state does not follow', async () => {
    const space = (name: string) => `{\n  metadata { name = "${name}" }\n}\n`;
    const { left, folder } = await importHcl({
      'main.tf': `resource "kubernetes_namespace" "a" ${space('a')}resource "kubernetes_namespace_v1" "b" ${space('b')}`,
      'more.tf': `data "kubernetes_namespace" "c" ${space('c')}resource "kubernetes_namespace" "d" ${space('d')}`,
    });
    expect(left.map((one) => formatProblem(one).replaceAll(`${folder}/`, ''))).toEqual([
      'main.tf:1: kubernetes_namespace.a becomes a kubernetes_namespace_v1, and so do kubernetes_namespace.d (more.tf:4): with the old state, Terraform destroys and recreates it. Let the old state forget it first (terraform state rm ADDRESS), and take it over: npm run adopt -- workloads.',
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
        remedy: 'Fix it; terraform fmt finds the same',
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

  const config = (text: string): string =>
    `resource "kubernetes_config_map" "web" {\n metadata { name = "web" }\n data = { ${text} }\n}\n`;

  it('generates where only a called module wants a provider that is not known, and says so', async () => {
    const { left } = await importHcl({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf': 'resource "cloud_thing" "a" {}',
    });
    expect(left.map(({ what }) => what)).toEqual([
      'cloud_thing.a: of cloud the home has recorded no schema, so it generates, and runs without its settings',
    ]);
  });

  it('brings the files that fileset finds, without which its blocks would vanish', async () => {
    const { files } = await importHcl({
      'main.tf': `resource "kubernetes_config_map" "web" {
        for_each = fileset(path.module, "dashboards/*.json")
        metadata { name = "web" }
        data = { a = file("\${path.module}/\${each.value}") }
      }`,
      'dashboards/a.json': '{}',
    });
    expect(files['dashboards/a.json']).toBe('{}');
  });

  it('brings files of Windows with the line ends of a home, and reads those that a path names by itself', async () => {
    const { files, json, left } = await importHcl({
      'main.tf': config('a = file("a.conf"), b = file("b.conf")'),
      'a.conf': 'x\r\ny\r\n',
    });
    expect(files['a.conf']).toBe('x\ny\n');
    expect(json.resource).toMatchObject({ kubernetes_config_map_v1: { web: { data: { a: 'x\ny\n' } } } });
    expect(left.slice(1).map(({ what }) => what)).toEqual([
      'b.conf is read, and is not there, is no text, or holds a secret',
    ]);
  });

  it('tells of files to which a variable leads, of which fileset would find none', async () => {
    const { left } = await importHcl({
      'main.tf': `variable "folder" { default = "../app" }
        output "hash" { value = sha1(join("", fileset("\${path.module}/\${var.folder}", "**"))) }`,
    });
    expect(left.map(({ what }) => what)).toEqual([
      '${var.folder} is read, and is not there, is no text, or holds a secret',
    ]);
  });

  it('tells of a file that is not there, and of one that is no text', async () => {
    const { left } = await importHcl({ 'main.tf': config('a = filebase64("${path.module}/logo.png")') });
    expect(left.slice(1)).toMatchObject([
      { what: 'logo.png is read, and is not there, is no text, or holds a secret', weight: 'hurts' },
    ]);
  });

  it('tells of files that a called module reads, and that it cannot find', async () => {
    const { left, files } = await importHcl({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf':
        'locals {\n  all = [file("${path.module}/here"), file("${path.module}/gone"), file("${path.root}/root")]\n}',
      'a/here': 'x',
      'a/root': 'of another folder',
    });
    expect(files['a/here']).toBe('x');
    expect(left.map(({ what }) => what)).toEqual([
      'gone is read, and is not there, is no text, or holds a secret',
      'root is read, and is not there, is no text, or holds a secret',
    ]);
  });

  it('reads override files as Terraform does', async () => {
    const { json } = await importHcl({
      'main.tf': config('a = "1"'),
      'main_override.tf': 'resource "kubernetes_config_map" "web" { data = { a = "2" } }',
    });
    expect(json).toMatchObject({
      resource: { kubernetes_config_map_v1: { web: { metadata: { name: 'web' }, data: { a: '2' } } } },
    });
  });

  it('gives a reference with the prefix "resource." the present type, too', async () => {
    const { json, mistakes } = await importHcl({
      'main.tf': `
        resource "kubernetes_namespace" "n" {
          metadata { name = "n" }
        }
        resource "kubernetes_service_account" "a" {
          metadata { namespace = resource.kubernetes_namespace.n.metadata[0].name }
        }`,
    });
    expect(mistakes).toEqual([]);
    expect(JSON.stringify(json)).toContain('${kubernetes_namespace_v1.n.metadata[0].name}');
  });

  it('tells of a module that a module calls and that is not there', async () => {
    const { left } = await importHcl({
      'main.tf': 'module "a" { source = "./a" }',
      'a/main.tf': 'module "b" { source = "./b" }',
    });
    expect(left.map(({ what }) => what).join()).toContain('does not exist');
  });

  it('says of a variable with the default null what it is otherwise, so that it fits where it is used', async () => {
    const { files } = await importHcl({
      'main.tf': `variable "class" {
        type    = string
        default = null
      }
      output "class" { value = var.class }`,
    });
    expect(files['main.ts']).toContain("variable<string>('class', { type: 'string', default: null })");
  });
});
