import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootSecret, stack } from '@home/home';
import { clusterProvider, podsOf, summarize } from '@home/kubernetes';
import { type Blocks, type OwnedBlock, flatten, formatProblem } from '@home/terraform';
import { stackPlace, workloadPlace } from '@tools/nx-home';
import { type Description, checkAddition } from '@tools/nx-home/describe';
import ofHome from './home';
import { readRecipe, recipeNames, wantedBy, writeRecipe } from './recipe';

const platform = stack({ providers: { kubernetes: [clusterProvider()] } });
const workloads = stack({
  after: [platform],
  providers: { kubernetes: [clusterProvider()] },
  blocks: [rootSecret],
});

/** A home with nothing but what recipes take from one. */
const loaded: Description['loaded'] = [
  { place: stackPlace('platform'), blocks: [], stack: platform },
  { place: workloadPlace('platform', 'example'), blocks: ofHome },
  { place: stackPlace('workloads'), blocks: workloads.blocks, stack: workloads },
];

const place = workloadPlace('workloads', 'my-app');

const blocksOf = (recipe: string): readonly OwnedBlock[] => {
  const { default: exported }: { readonly default: Blocks } = jest.requireActual(`./${recipe}/main`);
  return flatten(exported).map((block) => ({ owner: place, block }));
};

const page = readFileSync(join(__dirname, '../../docs/recipes.md'), 'utf8');

/** The rows of the table below a heading of the page, without its own head; an app's name stands in its first row alone. */
function rowsBelow(heading: string): string[][] {
  const [, text = ''] = page.split(`\n## ${heading}\n`);
  const [section = ''] = text.split('\n## ');
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  let named = '';
  return rows.slice(2).map((row) => {
    const [app = '', ...cells] = row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    named = app === '' ? named : app;
    return [named, ...cells];
  });
}

/** Those that say nothing else than a person would: what neither a comment nor empty is. */
const linesOf = (recipe: string): number =>
  readRecipe(recipe)
    .split('\n')
    .filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;

/** What a recipe's app can write into, by what becomes of it. */
function keptBy(recipe: string): Record<string, string[]> {
  const home = blocksOf(recipe);
  const [pod] = home.flatMap(podsOf);
  const app = pod?.containers.find(({ name }) => name === 'my-app');
  const list = (value: unknown) => [value ?? []].flat() as Readonly<Record<string, unknown>>[];
  const volumes = new Map(list(pod?.spec['volume']).map((volume) => [volume['name'], volume]));
  const mounted = (is: (volume: Readonly<Record<string, unknown>>) => boolean): string[] =>
    list(app?.body['volume_mount'])
      .filter(({ name, read_only: isRead }) => isRead !== true && is(volumes.get(name) ?? {}))
      .map((mount) => String(mount['mount_path']))
      .sort();
  return {
    replica: summarize(home).flatMap(({ databases }) => [...databases].sort()),
    share: mounted((volume) => 'persistent_volume_claim' in volume),
    scratch: mounted(({ name }) => name === 'scratch'),
  };
}

describe.each(recipeNames)('the recipe %s', (recipe) => {
  it('passes the providers’ schemas and every rule', () => {
    const description = { loaded, owned: [] } as unknown as Description;
    const blocks = blocksOf(recipe).map(({ block }) => block);
    expect(checkAddition(description, place, blocks).map(formatProblem)).toEqual([]);
  });

  it('says what it keeps, and where each fact about its image is known from', () => {
    const text = readRecipe(recipe);
    expect(text).toMatch(/^\/\/ .* https:\/\/\S+\n\/\/ It keeps /);
    // The image's own page, and one that says at its version how it runs.
    expect(text.match(/https:\/\/\S+/g)?.length).toBeGreaterThan(2);
  });

  it('writes nothing that docs/recipes.md does not tell, with its source and whether it is kept', () => {
    const rows = rowsBelow('What each image writes').filter(([app]) => app?.includes(`/${recipe}/`));
    const told = Object.fromEntries(
      Object.keys(keptBy(recipe)).map((kind) => {
        const cells = rows.filter(([, , , kept]) => kept === kind).map(([, where = '']) => where);
        return [
          kind,
          cells.flatMap((where) => [...where.matchAll(/`([^`]+)`/g)].map(([, path]) => path)).sort(),
        ];
      }),
    );
    expect(told).toEqual(keptBy(recipe));
    for (const [, , what] of rows) expect(what).toMatch(/\[.+\]$/);
  });

  it('stands in docs/recipes.md with the number of its lines', () => {
    const row = rowsBelow('The apps').find(([app]) => app?.includes(`(../tools/recipes/${recipe}/main.ts)`));
    expect(row?.[1]).toBe(String(linesOf(recipe)));
  });
});

test('a recipe becomes a workload of the home that it is written into', () => {
  const text = writeRecipe('homebox', 'things', {
    apps: { from: '@home/platform/spaces', name: 'forApps' },
    replica: { from: '@home/platform/replication', name: 'replica' },
  });
  expect(wantedBy('homebox')).toEqual(['apps', 'replica']);
  expect(text).toContain(`import { forApps as apps } from '@home/platform/spaces';
import { replica } from '@home/platform/replication';
`);
  expect(text).toContain("webApp('things', {");
  expect(text).not.toMatch(/my-app|\.\.\/home/);
});
