import { rmSync } from 'node:fs';
import { smallHome } from '../small-home';
import { type Run, type TemporaryWorkspace, temporaryWorkspace } from '@home/testing';

jest.setTimeout(300_000);

/** The real Nx in a workspace of its own. */
describe('under Nx', () => {
  let home: TemporaryWorkspace;
  const nx = (...given: string[]): Run => home.run('node_modules/.bin/nx', ...given);
  const generateAll = (): Run => nx('run-many', '-t', 'generate');
  const generateAffected = (): Run => nx('affected', '-t', 'generate', '--base=HEAD');

  // As fast as Nx is, each of its runs starts two programs: a test says as much of one run as it can.
  beforeAll(() => {
    home = temporaryWorkspace({
      ...smallHome,
      'apps/platform/stack.ts': `
import { stack } from '@home/home';
import { provider } from '@home/providers';
export default stack({ providers: { talos: [provider('talos', {})] } });
`,
      'apps/workloads/mail/main.ts':
        smallHome['apps/workloads/feed/main.ts']?.replace("'feed'", "'mail'") ?? '',
    });
    home.commit(); // Nx starts a new cache with the first commit.
    expect(generateAll()).toMatchObject({ exitCode: 0 });
    home.commit();
  });
  afterEach(() => {
    home.run('git', 'checkout', '--quiet', '.');
    home.run('git', 'clean', '--quiet', '--force', '-d', 'apps', 'talos', 'terraform');
  });
  afterAll(() => rmSync(home.root, { recursive: true, force: true }));

  /** The tasks that were not answered from the cache. */
  const ranIn = ({ stdout }: Run): string[] =>
    stdout
      .split('\n')
      .filter((line) => line.includes('nx run ') && !line.includes('[local cache]'))
      .map((line) => line.replace(/.*nx run (\S+).*/, '$1'))
      .sort();

  function changedFiles(): string[] {
    return home
      .run('git', 'status', '--porcelain', '--untracked-files=all')
      .stdout.split('\n')
      .filter(Boolean)
      .map((line) => line.slice(1));
  }

  test('the graph shows workload → workload, stack → workload and stack → stack', () => {
    nx('graph', '--file=graph.json');
    const { graph } = JSON.parse(home.read('graph.json'));
    home.remove('graph.json');
    const targetsOf = (project: string): string[] =>
      graph.dependencies[project].map(({ target }: { target: string }) => target).sort();
    expect({
      notes: targetsOf('notes'),
      workloads: targetsOf('workloads'),
      platform: targetsOf('platform'),
      'whole-home': targetsOf('whole-home'),
    }).toEqual({
      notes: ['lib-terraform', 'network'],
      workloads: ['feed', 'lib-home', 'mail', 'notes', 'platform'],
      platform: ['lib-home', 'lib-providers', 'network'],
      'whole-home': ['platform', 'workloads'],
    });
  });

  test('a second run comes from the cache, also when validate checks all, and says when Terraform could not', () => {
    const run = nx('run-many', '-t', 'generate', 'validate');
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^apps\/platform: SKIPPED terraform validate, since .* (installed|machine)\b/m,
      ),
    });
    expect(ranIn(run)).toEqual([
      'feed:validate',
      'mail:validate',
      'network:validate',
      'notes:validate',
      'platform:validate',
      'whole-home:validate',
      'workloads:validate',
    ]);
  });

  test('an edited workload regenerates one file', () => {
    home.edit('apps/workloads/feed/main.ts', "'news'", "'all news'");
    // A file beside main.ts counts, and a test does not.
    home.write({
      'apps/workloads/mail/boxes.yml': 'boxes: []\n',
      'apps/workloads/notes/notes.spec.ts': '// A test.\n',
    });
    expect(ranIn(generateAffected())).toEqual(['feed:generate', 'mail:generate', 'workloads:generate']);
    expect(changedFiles()).toEqual([
      'M apps/workloads/feed/main.ts',
      'M terraform/workloads/feed.tf.json',
      '? apps/workloads/mail/boxes.yml',
      '? apps/workloads/notes/notes.spec.ts',
    ]);
  });

  test('an edit of libs/home regenerates what imports it, and nothing else', () => {
    home.edit('libs/home/facts.ts', "domain: 'rpi'", "domain: 'lan'");
    expect(ranIn(generateAll())).toEqual([
      'network:generate',
      'notes:generate',
      'platform:generate',
      'workloads:generate',
    ]);
    expect(changedFiles()).toEqual([
      'M libs/home/facts.ts',
      'M terraform/platform/network.tf.json',
      'M terraform/workloads/notes.tf.json',
    ]);
  });

  test('the file of a deleted workload goes, committed or not, each time again, and nothing else changes', () => {
    home.remove('apps/workloads/feed');
    for (const time of ['first', 'second']) {
      home.run('git', 'checkout', '--quiet', 'terraform/workloads/feed.tf.json');
      home.write({ 'terraform/workloads/gone.tf.json': home.read('terraform/workloads/feed.tf.json') });
      expect([time, generateAffected()]).toMatchObject([time, { exitCode: 0 }]);
      expect(changedFiles()).toEqual(['D apps/workloads/feed/main.ts', 'D terraform/workloads/feed.tf.json']);
    }
  });

  test('a mistake fails its task with one line, and no file of the run is touched', () => {
    home.edit('apps/workloads/feed/main.ts', "'news'", "'no news'");
    home.edit(
      'apps/workloads/notes/main.ts',
      'export const notes',
      "throw new Error('No notes today');\nexport const notes",
    );
    // Two projects of one name would stop Nx itself.
    home.write({ 'apps/platform/feed/main.ts': smallHome['apps/workloads/feed/main.ts'] ?? '' });
    const { exitCode, stdout } = generateAll();
    expect(exitCode).toBe(1);
    expect(stdout.match(/^apps\/.*$/gm)?.sort()).toEqual([
      'apps/workloads/feed: must have a name of its own, but apps/platform/feed is called "feed" too. Rename one of the two folders.',
      'apps/workloads/notes/main.ts:4:7: must load without an error, but throws Error: No notes today. Correct the code there.',
    ]);
    expect(changedFiles()).toEqual([
      'M apps/workloads/feed/main.ts',
      'M apps/workloads/notes/main.ts',
      '? apps/platform/feed/main.ts',
    ]);
  });

  // The writer, the schemas and the plugin are in the same set of inputs as the rules.
  test('an edit of a rule generates everything again, and validate finds mistakes however often it is asked', () => {
    const rules = 'libs/kubernetes/rules/index.ts';
    home.write({
      [rules]: `${home.read(rules)}// Edited.\n`,
      'apps/workloads/feed/main.ts': `
import { resourceBlock, variable } from '@home/terraform';
const password = variable('password', { sensitive: true });
export default [password, resourceBlock('terraform_data', 'feed', { input: password.ref })];
`,
      'apps/workloads/mail/main.ts': `
import { raw, resourceBlock } from '@home/terraform';
export default [
  resourceBlock('terraform_data', 'broken', { input: raw('upper(') }),
  resourceBlock('terraform_data', 'lost', { input: raw('upper(terraform_data.nobody.id)') }),
];
`,
    });
    expect(ranIn(generateAll())).toHaveLength(6);
    expect(changedFiles()).toEqual([
      'M apps/workloads/feed/main.ts',
      'M apps/workloads/mail/main.ts',
      `M ${rules}`,
      'M terraform/workloads/feed.tf.json',
      'M terraform/workloads/mail.tf.json',
    ]);

    home.edit('terraform/workloads/notes.tf.json', 'notes.', 'note.');
    const saidBy = (stdout: string) =>
      stdout
        .split('> nx run ')
        .slice(1)
        .map((text) => ({ task: text.split('\n', 1)[0], lines: text.match(/^(apps|terraform)\/.*$/gm) }))
        .filter(({ lines }) => lines !== null)
        .sort((one, other) => (one.task ?? '').localeCompare(other.task ?? ''));
    for (let time = 1; time <= 2; time += 1) {
      const { exitCode, stdout } = nx('run-many', '-t', 'validate');
      expect({ exitCode, said: saidBy(stdout) }).toEqual({
        exitCode: 1,
        said: [
          {
            task: 'mail:validate',
            lines: [
              'apps/workloads/mail: terraform_data.broken: input: must be an expression that Terraform can parse, but in "${upper(}" Invalid expression; Expected the start of an expression, but found an invalid expression token. Correct the source text.',
              'apps/workloads/mail: terraform_data.lost: input: must name blocks of the stack workloads, which has no terraform_data.nobody. Correct the name, or use a typed reference to the block.',
            ],
          },
          {
            task: 'notes:validate',
            lines: [
              'terraform/workloads/notes.tf.json:9: must be what apps/workloads/notes/main.ts describes, but is stale or was edited by hand. Run `npm run generate`; make lasting changes in the TypeScript.',
            ],
          },
          {
            task: 'whole-home:validate',
            lines: [
              'apps/workloads/feed: terraform_data.feed: input: must not be built from var.password, which is secret. Put it into a Secret, and name the Secret here.',
            ],
          },
        ],
      });
    }
  });
});
