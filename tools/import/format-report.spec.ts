import { formatReport } from './format-report';
import { type Imported, type Left, refused } from './imported';

const left = (of: string, what: string, more: Partial<Left> = {}): Left => ({
  where: 'compose.yml:1',
  of,
  what,
  remedy: 'Look at it',
  ...more,
});
const report = (given: Partial<Imported>, shown: object = {}): string[] =>
  formatReport(
    {
      ...refused([]),
      found: '2 services',
      workloads: [{ stack: 'workloads', name: 'web', files: [], assets: new Map() }],
      ...given,
    },
    { newTypes: false, marks: 0, verbose: false, ...shown },
  ).split('\n');

const apps = Array.from({ length: 12 }, (_, index) => `app-${index}`);
const everywhere = (what: string, more: Partial<Left>): Left[] => apps.map((of) => left(of, what, more));

it('names everything that hurts, in one line for each kind', () => {
  const hurts = apps.map((of, index) => left(of, 'lies on one disk', { weight: 'hurts', part: `/${index}` }));
  const lines = report({
    left: [...hurts, left('app-3', 'lies on one disk', { weight: 'hurts', part: '/x' })],
  });
  const [line] = lines.filter((one) => one.includes('lies on one disk'));
  expect(lines[3]).toBe('This can hurt:');
  expect(line).toMatch(
    /^ {2}line 1: app-0 \(\/0\), app-1 \(\/1\), app-2 \(\/2\), app-3 \(\/3, \/x\), .*app-11 \(\/11\): lies/,
  );
});

it('says what a secret value is where its line does not tell', () => {
  const code = { kind: 'literal', value: '' } as const;
  const secret = (name: string, holds: string, where: string) => ({
    name,
    holds,
    where,
    definition: { wish: name, code, exports: true },
  });
  const lines = report({
    variables: [
      secret('a', 'token of web', 'main.tf:1'),
      secret('b', 'login of web', 'main.tf:9'),
      secret('c', 'token of db', 'main.tf:9'),
      secret('d', 'tls of web, as base64', 'main.tf:20'),
    ],
  });
  expect(lines.filter((line) => line.includes('TF_VAR'))).toEqual([
    '  TF_VAR_a: from line 1',
    '  TF_VAR_b: login of web, from line 9',
    '  TF_VAR_c: token of db, from line 9',
    '  TF_VAR_d: tls of web, as base64, from line 20',
  ]);
});

it('says once what is alike in all of a kind', () => {
  const sockets = everywhere('is not mounted', { weight: 'hurts', part: '/run/a.sock' }).slice(0, 2);
  expect(report({ left: sockets })).toContain(
    '  line 1: app-0, app-1 (each /run/a.sock): is not mounted. Look at it.',
  );
});

it('counts what is usual, and shortens what nobody has to mend', () => {
  const lines = report({
    left: [...everywhere('starts at once', { weight: 'usual' }), ...everywhere('its port is closed', {})],
  });
  expect(lines).toContain('  12 times: starts at once');
  expect(lines).toContain('  line 1: app-0, app-1 and 10 more: its port is closed. Look at it.');
});

it('names in one line the files that are left alike, all of them where that hurts', () => {
  const others = (weight?: 'hurts'): Left[] =>
    apps.map((name) => ({
      where: `${name}.yaml`,
      what: 'is not HCL',
      remedy: 'Import it',
      ...(weight && { weight }),
    }));
  expect(report({ left: others() })).toContain(
    '  app-0.yaml, app-1.yaml and 10 more: is not HCL. Import it.',
  );
  const places = apps.map((name) => `${name}.yaml`).join(', ');
  expect(report({ left: others('hurts') })).toContain(`  ${places}: is not HCL. Import it.`);
});

it('shortens the parts of one that nobody has to mend', () => {
  const parts = apps.map((part) => left('web', 'is not set', { part }));
  expect(report({ left: parts })).toContain(
    '  line 1: web (app-0, app-1 and 10 more): is not set. Look at it.',
  );
});

it('tells each thing where it stood, if it is asked', () => {
  const all = [...everywhere('a', { weight: 'usual' }), ...everywhere('b', { part: 'x' })];
  const lines = report({ left: all }, { verbose: true });
  for (const of of apps) {
    expect(lines).toContain(`  compose.yml:1: ${of}: a. Look at it.`);
    expect(lines).toContain(`  compose.yml:1: ${of} (x): b. Look at it.`);
  }
});

it('names the file of a line where there are several', () => {
  const lines = report({ left: [left('a', 'b'), { ...left('c', 'd'), where: 'other.yml:3' }] });
  expect(lines).toContain('  other.yml:3: c: d. Look at it.');
});

it('says which script copies whose data, when it runs, and with --verbose how', () => {
  const text = '#!/bin/sh\nto_share web /data /export/web\n';
  const copies = [
    { file: 'apps/workloads/web/copy.sh', when: 'before it starts', of: ['web', 'db', 'web'], text },
  ];
  const line = '  apps/workloads/web/copy.sh, before it starts: 3 folders of web, db';
  expect(report({ copies })).toContain(line);
  expect(report({ copies })).not.toContain('    to_share web /data /export/web');
  expect(report({ copies }, { verbose: true })).toEqual(
    expect.arrayContaining([line, '    to_share web /data /export/web']),
  );
});
