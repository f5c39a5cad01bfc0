import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { storeRights } from '@home/kubernetes';
import { parse } from 'yaml';

const root = join(__dirname, '..');
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = files.filter((file) => file.endsWith('.md'));

/** The anchors that GitHub gives the headings of a page. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

const links = pages.flatMap((page) =>
  [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
);

test.each(links)('the link in $page to $target leads somewhere', ({ page, target }) => {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  expect(existsSync(join(root, file))).toBe(true);
  expect(anchor === undefined || anchorsOf(file).includes(anchor)).toBe(true);
});

const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));

test('every command that a page or a message names is there', () => {
  const talking = files.filter(
    (file) => /\.(md|ts|sh|toml|yml)$|^\.env/.test(file) && !file.endsWith('.spec.ts'),
  );
  const named = talking.flatMap((file) =>
    [...read(file).matchAll(/npm run ([a-z]+(?:[:-][a-z]+)*)/g)].map(([, script = '']) => ({ file, script })),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ script }) => !(script in scripts))).toEqual([]);
});

/** Set for Terraform, by a CI or in pods, and nothing that a person puts into `.env`. */
const notOfPeople = [
  ...['CHECKPOINT_DISABLE', 'TF_ENCRYPTION', 'TF_INPUT', 'TF_IN_AUTOMATION', 'TF_REATTACH_PROVIDERS'],
  ...['TF_LOG', 'TF_LOG_PATH', 'GITHUB_STEP_SUMMARY', 'REPLICA_FIRST', 'RESTORE_FROM', 'RESTORE_TIMESTAMP'],
];

test('every variable that the commands of a home read stands in .env.example', () => {
  const reading = files.filter(
    (file) =>
      /^(libs\/(command|home(?!\/(examples|facts)))|tools\/life)\/.*\.ts$/.test(file) &&
      !file.endsWith('.spec.ts'),
  );
  const names = reading.flatMap((file) =>
    [...read(file).matchAll(/['"`]([A-Z]+(?:_[A-Z0-9]+)+|TF_VAR_\w+|TALOSCONFIG)['"`]/g)].map(
      ([, name = '']) => name,
    ),
  );
  const example = read('.env.example');
  expect(names).toContain('HEALTHCHECKSIO_API_KEY');
  expect(names.filter((name) => !notOfPeople.includes(name) && !example.includes(name))).toEqual([]);
});

test('the policy that a person copies from a page gives the pods what they need, and no more', () => {
  const [, policy = ''] = /```json\n([^`]+)```/.exec(read('docs/chores/another-s3-store.md')) ?? [];
  const granted = (JSON.parse(policy) as { Statement: readonly Readonly<Record<string, unknown>>[] })
    .Statement;
  const arn = 'arn:aws:s3:::home-replicas';
  expect(granted.map(({ Action, Resource }) => [Resource, Action])).toEqual([
    [arn, storeRights.bucket],
    [`${arn}/*`, storeRights.objects],
  ]);
});

test('every chore has its line in the list', () => {
  const chores = pages.filter((page) => /^docs\/chores\/(?!README)/.test(page));
  const list = read('docs/chores/README.md');
  expect(chores.filter((page) => !list.includes(`(${page.slice('docs/chores/'.length)})`))).toEqual([]);
});

test('every decision has its line in the list', () => {
  const decisions = pages.filter((page) => /^docs\/decisions\/\d/.test(page));
  const list = read('docs/decisions/README.md');
  expect(decisions.filter((page) => !list.includes(`(${page.slice('docs/decisions/'.length)})`))).toEqual([]);
});

test.each(files.filter((file) => file.startsWith('.github/workflows/')))('%s is YAML with jobs', (file) => {
  expect(parse(read(file))).toMatchObject({ on: expect.anything(), jobs: expect.any(Object) });
});

test('the drift workflow passes on everything that .env.example names for Terraform', () => {
  const { jobs } = parse(read('.github/workflows/drift.yml'));
  const [{ run, env }] = jobs.drift.steps.slice(-1);
  expect(run).toBe('npm run drift -- --summary');
  const named = read('.env.example').match(/\b[A-Z]+_\w+/g) ?? [];
  // Restores alone read those of Litestream.
  const forTerraform = named.filter((name) => !name.startsWith('LITESTREAM_'));
  expect(Object.keys(env).sort()).toEqual([...new Set(forTerraform)].sort());
});
