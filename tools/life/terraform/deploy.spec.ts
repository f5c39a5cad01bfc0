import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { deploy } from './commands/deploy';
import { type TemporaryHome, temporaryHome, withTerraform } from './temporary-home';

jest.setTimeout(120_000);

let home: TemporaryHome;
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let origin: string;
const heard = (): string => home.said.splice(0).join('\n');
const data = (input: unknown): Record<string, unknown> => ({
  resource: { terraform_data: { it: { input } } },
});

beforeEach(async () => {
  home = temporaryHome();
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answer = (_, response) => response.end();
});
afterEach(() => {
  server.close();
  home.remove();
});

withTerraform('deploy', () => {
  it('applies all stacks in their order, and asks nothing when there is nothing to do', async () => {
    home.describe('workloads', ['platform']);
    home.generate('workloads', 'app', data('app'));
    home.describe('platform');
    home.generate('platform', 'base', data('base'));
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    const said = heard();
    expect(said.indexOf('base: terraform_data.it made')).toBeLessThan(
      said.indexOf('app: terraform_data.it made'),
    );
    expect(await home.run(deploy, [])).toBe(0);
    expect(heard()).toBe(
      'platform: nothing to do\n\nworkloads: nothing to do\n\nplatform, workloads: everything is in place, after 0 s',
    );
  });

  it('brings a stack up after the one that a file beside main.ts imports', async () => {
    home.describe('a');
    home.write('apps/a/x/main.ts', "import './helper';\n");
    home.write('apps/a/x/helper.ts', "import '@home/b';\n");
    home.generate('a', 'x', data('a'));
    home.describe('b');
    home.generate('b', 'y', data('b'));
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    expect(heard()).toContain('b, a: everything is in place');
  });

  it('refuses stacks that need each other in a circle, and names the imports', async () => {
    home.describe('a', ['b']);
    home.describe('b', ['a']);
    expect(await home.run(deploy, ['--yes'])).toBe(1);
    expect(heard()).toBe(
      'apps/a/stack.ts: the stacks a → b → a must not need each other in a circle: apps/a/stack.ts:1 imports "@home/b", apps/b/stack.ts:1 imports "@home/a". Remove one of these imports.',
    );
  });

  it('refuses in one line when it had to ask and nobody is there', async () => {
    home.describe('platform');
    home.generate('platform', 'base', data('base'));
    expect(await home.run(deploy, [])).toBe(1);
    expect(heard()).toContain(
      'platform: asks a question, but there is no terminal to answer it at. Run it with --yes',
    );
    expect(existsSync(join(home.root, '.state/platform.tfstate'))).toBe(false);
  });

  it('waits for a stack to answer before the next one, by address and host, and goes on when run again', async () => {
    const hosts: (string | undefined)[] = [];
    answer = ({ headers: { host } }, response) => {
      hosts.push(host);
      response.writeHead(hosts.length > 1 ? 404 : 502).end();
    };
    const ready = [{ what: 'the ingress', http: { url: `${origin}/ping`, host: 'any.rpi', status: 404 } }];
    home.describe('platform', [], {}, ready);
    home.generate('platform', 'base', data('base'));
    home.describe('workloads', ['platform']);
    home.generate('workloads', 'app', data('app'));
    expect(await home.run(deploy, ['--yes', '--wait=0'])).toBe(1);
    expect(heard()).toContain(
      `platform: is applied, but the ingress was not ready within 0 s: ${origin}/ping answers 502. Fix it and run \`npm run deploy\` again; it continues from there.`,
    );
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    expect(heard()).toContain(
      'platform: nothing to do\n\nplatform: the ingress answers\nworkloads: 1 to add',
    );
    expect(hosts).toEqual(['any.rpi', 'any.rpi']);
  });

  it('waits for what a workload exports as its readiness, and loads no other workload for it', async () => {
    home.describe('platform');
    home.generate('platform', 'base', data('base'));
    const ready = [{ what: 'Gotify', http: { url: `${origin}/health` } }];
    home.write('apps/platform/gotify/main.ts', `export const ready = ${JSON.stringify(ready)};\n`);
    home.write('apps/platform/broken/main.ts', 'throw new Error("nobody loads this");\n');
    answer = (_, response) => response.writeHead(503).end();
    expect(await home.run(deploy, ['--yes', '--wait=0'])).toBe(1);
    expect(heard()).toContain(
      `platform: is applied, but Gotify was not ready within 0 s: ${origin}/health answers 503.`,
    );
  });

  it('stops after the stack that --until names', async () => {
    home.describe('platform');
    home.describe('workloads', ['platform']);
    home.generate('workloads', 'app', data('app'));
    expect(await home.run(deploy, ['--yes', '--until=platform'])).toBe(0);
    expect(existsSync(join(home.root, '.state/workloads.tfstate'))).toBe(false);
  });

  it('names stack, workload, address and what to do when a stack fails, and goes on from there', async () => {
    const broken = { input: 'x', provisioner: [{ 'local-exec': { command: 'exit 3' } }] };
    home.describe('platform');
    home.generate('platform', 'base', { resource: { terraform_data: { it: broken, other: { input: 1 } } } });
    expect(await home.run(deploy, ['--yes'])).toBe(1);
    expect(heard()).toMatch(
      /platform\/base: terraform_data\.it: local-exec provisioner error: .* run `npm run deploy`/,
    );
    home.generate('platform', 'base', {
      resource: { terraform_data: { it: { input: 'x' }, other: { input: 1 } } },
    });
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    expect(heard()).toContain('± terraform_data.it, because it was left unfinished');
  });

  it('writes the kubeconfig for the later stacks, for its owner alone, and replaces no other', async () => {
    const config = (name: string): string =>
      stringify({
        contexts: [{ name, context: { cluster: name, user: name } }],
        clusters: [{ name, cluster: { server: origin } }],
        users: [{ name, user: { token: 'abc' } }],
      });
    const asked: string[] = [];
    answer = ({ url = '', headers }, response) => {
      asked.push(`${url} ${headers.authorization}`);
      response.end('ok');
    };
    home.describe('machines', [], {}, [
      { what: 'the Kubernetes API', kubernetes: { context: 'admin@home' } },
    ]);
    home.generate('machines', 'access', {
      output: { kubeconfig: { value: config('admin@home'), sensitive: true } },
      ...data('cluster'),
    });
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    expect(heard()).not.toContain('abc');
    const file = join(home.root, 'kubeconfig');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(asked).toEqual(['/readyz Bearer abc']);

    home.write('kubeconfig', config('another@home'));
    expect(await home.run(deploy, ['--yes'])).toBe(1);
    expect(heard()).toContain(`${file}: also holds another@home and must not be replaced.`);
    expect(readFileSync(file, 'utf8')).toContain('another@home');
    rmSync(file);

    expect(await home.run(deploy, ['--yes'], { KUBE_CONFIG_PATH: 'admin.yaml' })).toBe(1);
    expect(heard()).toContain('admin.yaml: holds secrets and must be ignored by git. Add it to .gitignore.');
    expect(existsSync(join(home.root, 'admin.yaml'))).toBe(false);
  });

  it('leaves a stack alone that is no longer described', async () => {
    home.describe('platform');
    home.describe('old');
    rmSync(join(home.root, 'apps/old'), { recursive: true });
    expect(await home.run(deploy, ['--yes'])).toBe(0);
    expect(heard()).toMatch(/^old: is no longer described/);
  });
});
