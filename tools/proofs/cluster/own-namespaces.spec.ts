import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { home } from '@home/home';

const root = join(__dirname, '../../..');

// Each proof is a process of its own.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = makeTemporaryFolder();
  const contexts = ['home', 'lab'].map((name) => ({ name, context: { cluster: name } }));
  writeFileSync(at('kubeconfig'), JSON.stringify({ contexts, 'current-context': 'home' }));
  cluster({});
  program(home.terraform.binary, 'exit 0');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

/** A program in the place of the real one, which notes how it was called. */
function program(name: string, script: string): void {
  writeFileSync(at(name), `#!/bin/sh\necho "${name} $*" >>"${at('calls')}"\n${script}\n`, { mode: 0o755 });
}

/** What kubectl finds. */
function cluster({
  namespaces = [],
  pods = [],
  runs = false,
}: {
  namespaces?: readonly object[];
  pods?: readonly string[];
  readonly runs?: boolean;
}): void {
  const items = [{ metadata: { name: 'kube-system' } }, ...namespaces];
  writeFileSync(at('namespaces.json'), JSON.stringify({ items }));
  const found = pods.map((namespace) => ({ metadata: { name: 'one', namespace } }));
  writeFileSync(at('pods.json'), JSON.stringify({ items: found }));
  program(
    'kubectl',
    `case "$*" in *"get namespaces"*) cat "${at('namespaces.json')}" ;; *"get pods"*) cat "${at('pods.json')}" ;; *"get pod "*) ${runs ? 'echo pod container-$$ running' : 'exit 1'} ;; *logs*) echo START 0 0 ok ;; *"delete namespace"*) sleep 2 ;; esac`,
  );
}

const made = (name: string, maker: string): object => ({
  metadata: { name, labels: { 'prove-cluster/made': 'true' }, annotations: { 'prove-cluster/maker': maker } },
});

const args = (...given: readonly string[]): string[] => [
  ...[
    '-r',
    './tools/nx-home/typescript.cjs',
    'tools/proofs/cluster/main.ts',
    '--kubeconfig',
    at('kubeconfig'),
  ],
  ...['--s3', 'http://127.0.0.1:9', '--bucket', 'b', '--gate', '127.0.0.1:0', ...given],
];

const options = () => ({
  cwd: root,
  env: {
    ...process.env,
    PATH: `${folder}:${process.env['PATH']}`,
    LITESTREAM_ACCESS_KEY_ID: 'a',
    LITESTREAM_SECRET_ACCESS_KEY: 'b',
  },
});

function prove(...given: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, args(...given), { ...options(), encoding: 'utf8' });
  return { exitCode: status, stderr };
}

const calls = (): string[] => {
  const common = `--kubeconfig ${at('kubeconfig')} --context lab `;
  if (!existsSync(at('calls'))) return [];
  return readFileSync(at('calls'), 'utf8')
    .trim()
    .split('\n')
    .map((call) => call.replace(common, ''));
};

describe('a proof on a cluster', () => {
  it.each([
    [[], 'must name the cluster to play on, and'],
    [['--context', 'nope'], '"nope" must be a context, and'],
  ])('is refused with %j, and asks no cluster', (given, said) => {
    const { exitCode, stderr } = prove(...given);
    expect(stderr).toBe(
      `--context: ${said} ${at('kubeconfig')} has "home" (in use), "lab". Write --context lab if that one may be played with.\n`,
    );
    expect(exitCode).toBe(1);
    expect(calls()).toEqual([]);
  });

  it('is refused where the home is', () => {
    cluster({ namespaces: [{ metadata: { name: 'apps' } }, made('prove-cluster-1', `${hostname()}/1`)] });
    const { exitCode, stderr } = prove('--context', 'lab');
    expect(stderr).toMatch(
      /^--context lab: must be a cluster without the home, and has its namespaces apps\. .*\n$/,
    );
    expect(exitCode).toBe(1);
    expect(calls()).toEqual([expect.stringMatching(/^kubectl get namespaces /)]);
  });

  it.each([
    ['--end', ['--end', 'touch ended']],
    ['--lose', ['--node', 'arm', '--lose', 'touch lost']],
  ])('ends no node that has pods of others with %s', (option, given) => {
    cluster({
      namespaces: [made('prove-cluster-1', 'another/1')],
      pods: ['kube-system', 'prove-cluster-1', 'neighbours'],
    });
    expect(prove('--context', 'lab', ...given).stderr).toBe(
      `${option}: ends every pod of a node, and lab has pods of others in neighbours. Leave it out, or name a cluster that has no others.\n`,
    );
    expect(calls().filter((call) => !call.includes(' get '))).toEqual([]);
  });

  it('loses no node that was not named, and names none that it does not know how to lose', () => {
    expect([
      prove('--context', 'lab', '--lose', 'x').stderr,
      prove('--context', 'lab', '--node', 'x').stderr,
    ]).toEqual([
      '--node: must be given: --node and --lose belong together. See npm run prove:cluster -- --help.\n',
      '--lose: must be given: --node and --lose belong together. See npm run prove:cluster -- --help.\n',
    ]);
    expect(calls()).toEqual([]);
  });

  it('says that the gate is no free address of this machine', () => {
    expect(prove('--context', 'lab', '--gate', '192.0.2.1:9').stderr).toMatch(
      /^--gate: "192\.0\.2\.1:9" must be a free address of this machine \(.*EADDRNOTAVAIL.*\)\. Name one that pods reach\.\n$/,
    );
  });

  it('says that the cluster does not answer', () => {
    program('kubectl', 'echo "connection refused" >&2; exit 1');
    expect(prove('--context', 'lab').stderr).toBe(
      '--context lab: must answer, and does not (connection refused). Start the cluster.\n',
    );
  });

  it('removes its namespace when it fails, and before that what killed ones of this machine left, and nothing else', () => {
    const { pid: ended } = spawnSync('true');
    cluster({
      namespaces: [
        made('prove-cluster-left', `${hostname()}/${ended}`),
        made('prove-cluster-living', `${hostname()}/${process.pid}`),
        made('prove-cluster-elsewhere', `another/${ended}`),
        {
          metadata: {
            name: 'prove-cluster-by-name',
            annotations: { 'prove-cluster/maker': `${hostname()}/${ended}` },
          },
        },
      ],
    });
    program(home.terraform.binary, '[ "$1" = init ] || exit 1');
    const { exitCode, stderr } = prove('--context', 'lab');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('terraform apply: must succeed, and did not');
    expect(calls().filter((call) => call.includes(' delete '))).toEqual([
      'kubectl delete namespace prove-cluster-left --ignore-not-found --timeout=240s',
      expect.stringMatching(/^kubectl delete namespace prove-cluster-[0-9a-f]{6} /),
    ]);
  });

  it.each([
    ['SIGINT', 130, 'apply'],
    ['SIGTERM', 143, 'apply'],
    ['SIGHUP', 129, 'apply'],
    ['SIGINT', 130, 'get pod '],
  ] as const)('removes its namespace when %s ends it with %i during %j', async (signal, exitCode, during) => {
    // A pod that runs at once lets the next apply follow, unless nothing is made any more.
    if (during === 'apply') cluster({ runs: true });
    // While a first apply runs, the namespace may not be there yet.
    if (during === 'apply')
      program(home.terraform.binary, '[ "$1" = init ] || { sleep 1; echo applied >>"$0.s"; }');
    const running = spawn(process.execPath, args('--context', 'lab'), options());
    const over = new Promise<number | null>((resolve) => running.on('exit', resolve));
    const hasBegun = () => calls().some((call) => call.includes(during));
    while (!hasBegun()) await new Promise((resolve) => setTimeout(resolve, 50));
    running.kill(signal);
    expect(await over).toBe(exitCode);
    const said = calls();
    if (during === 'apply') expect(existsSync(at(`${home.terraform.binary}.s`))).toBe(true);
    const removed = said.findIndex((call) => /^kubectl delete namespace prove-cluster-/.test(call));
    expect(removed).toBeGreaterThan(said.findLastIndex((call) => call.startsWith(home.terraform.binary)));
    for (const call of readFileSync(at('calls'), 'utf8').trim().split('\n'))
      if (call.startsWith('kubectl')) expect(call).toContain(' --context lab ');
    expect(said.join('\n')).not.toMatch(/drain|cordon|taint/);
  });
});
