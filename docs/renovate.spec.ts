import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseImage } from '@home/home';

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly datasourceTemplate: string;
  readonly autoReplaceStringTemplate?: string;
}

interface PackageRule {
  readonly matchDatasources?: readonly string[];
  readonly pinDigests?: boolean;
  readonly matchPackageNames?: readonly string[];
  readonly matchUpdateTypes?: readonly string[];
  readonly dependencyDashboardApproval?: boolean;
}

const root = join(__dirname, '..');
const {
  customManagers,
  packageRules,
}: { customManagers: readonly Manager[]; packageRules: readonly PackageRule[] } = JSON.parse(
  readFileSync(join(root, 'renovate.json'), 'utf8'),
);
const ofImages = customManagers.filter(({ datasourceTemplate }) => datasourceTemplate === 'docker');

/** The images that Renovate finds in a file, as it takes them apart. */
const findImages = (file: string, text: string) =>
  ofImages
    .filter(({ managerFilePatterns }) =>
      managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)),
    )
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((expression) => [...text.matchAll(new RegExp(expression, 'g'))])
    .map(({ groups: { depName, currentValue, currentDigest } = {} }) => ({
      repository: depName,
      tag: currentValue,
      digest: currentDigest,
    }));

/** All texts of the files in a folder whose names end so. */
const filesIn = (folder: string, end: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

it.each([
  'traefik:v3.4.4',
  'ghcr.io/corentinth/it-tools:2024.10.22-7ca5933',
  'registry.lan:5000/app:1.2.3',
  'registry.lan:5000/team/app:1.2.3',
  'docker.io/foo_bar/baz:1.0',
  `ghcr.io/usememos/memos:0.24.4@${digest}`,
  `registry.lan:5000/app:1.2.3@${digest}`,
])('Renovate reads %s as the rules do', (image) => {
  expect(findImages('apps/workloads/app/main.ts', `  image: '${image}',`)).toEqual([parseImage(image)]);
});

it.each([
  ['apps/workloads/app/main.ts', "image: 'ghcr.io/usememos/memos:0.24.4'"],
  ['libs/home/facts.ts', "litestream: 'litestream/litestream:0.5.18'"],
  ['libs/home/facts.ts', "replicaVerify: 'registry.lan:5000/verify:1.0.0'"],
])('Renovate writes a digest beside the tag: %s, %s', (file, text) => {
  const pinned = customManagers.flatMap(
    ({ managerFilePatterns, matchStrings, autoReplaceStringTemplate }) => {
      const isHere = managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file));
      const match = isHere && new RegExp(matchStrings[0] ?? '').exec(text);
      if (!match || autoReplaceStringTemplate === undefined) return [];
      const values: Record<string, string | undefined> = {
        ...match.groups,
        newValue: match.groups?.['currentValue'],
        newDigest: digest,
      };
      return autoReplaceStringTemplate
        .replace(/\{\{#if \w+\}\}|\{\{\/if\}\}/g, '')
        .replace(/\{\{\{(\w+)\}\}\}/g, (_, name: string) => values[name] ?? '');
    },
  );
  expect(pinned).toEqual([text.replace(/'$/, `@${digest}'`)]);
  const pinning = packageRules.find(({ pinDigests }) => pinDigests === true);
  expect(pinning).toMatchObject({ matchDatasources: ['docker'] });
});

it.each(['traefik', 'registry.lan:5000/app'])('Renovate finds no tag in %s, which has none', (image) => {
  expect(findImages('apps/workloads/app/main.ts', `  image: '${image}',`)).toEqual([]);
});

it('Renovate finds the image of every recipe', () => {
  const recipes = filesIn('tools/recipes', 'main.ts');
  expect(recipes.length).toBeGreaterThan(4);
  expect(recipes.filter(({ file, text }) => findImages(file, text).length === 0)).toEqual([]);
});

it('Renovate finds every image that is generated where it is written', () => {
  const written = [...filesIn('apps', '.ts'), ...filesIn('libs/home', 'facts.ts')];
  const found = written.flatMap(({ file, text }) => findImages(file, text));
  const generated = filesIn('terraform', '.tf.json')
    .flatMap(({ text }) => [...text.matchAll(/"image": "([^"]+)"/g)])
    .map(([, image = '']) => parseImage(image))
    .filter((image) => image !== undefined);
  expect(generated.length).toBeGreaterThan(10);
  for (const image of generated) expect(found).toContainEqual(image);
});

it('Renovate waits for a person before the apps whose data moves, and the page on upgrades says how', () => {
  const [, page = ''] =
    /### Versions at which data moves\n(.*?)\n## /s.exec(
      readFileSync(join(root, 'docs/upgrades.md'), 'utf8'),
    ) ?? [];
  const titles = [...page.matchAll(/^- \*\*(\w+)/gm)].map(([, name = '']) => name.toLowerCase());
  const explained = [...new Set(titles)];
  expect(explained.length).toBeGreaterThan(3);
  const images = filesIn('apps', '.ts').flatMap(({ file, text }) => findImages(file, text));
  // A home need not have all of these apps.
  const named = explained.filter((name) => images.some(({ repository }) => repository?.includes(name)));
  const held = packageRules
    .filter(({ dependencyDashboardApproval }) => dependencyDashboardApproval === true)
    .flatMap(({ matchPackageNames = [], matchUpdateTypes = ['major', 'minor'] }) => {
      expect(matchUpdateTypes).toEqual(['major', 'minor']);
      return matchPackageNames;
    });
  const nameIn = (image: string) =>
    named.find((name) => image.includes(name)) ?? `${image} is explained nowhere`;
  expect(held.map(nameIn).sort()).toEqual(named.sort());
});
