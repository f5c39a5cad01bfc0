import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withTemporaryFolder } from '@home/files';
import { type DescribedPage, type Page, drawHouse, renderPage } from '@life/page';
import { describeApart } from '@tools/nx-home';
import { type Browser, type BrowserContextOptions, type Page as Tab, chromium } from 'playwright-core';

jest.setTimeout(60_000);

const workspace = join(__dirname, '../../..');
const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find((file) => existsSync(file));
const withBrowser = program === undefined ? it.skip : it;
if (program === undefined) console.warn('SKIPPED: the page in a browser, since chromium is not on the PATH.');

const style = readFileSync(join(workspace, 'tools/life/page/page.css'), 'utf8');
const at = '2026-11-30T08:00:00.000Z';

let described: DescribedPage;
let browser: Browser;

beforeAll(async () => {
  described = await describeApart(workspace, join(workspace, 'tools/life/page/describe-page.ts'), undefined);
  if (program !== undefined)
    browser = await chromium.launch({
      executablePath: program,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
});
afterAll(() => browser?.close());

/** An app of this home that has a replica. */
const replicatedIn = ({ rows }: DescribedPage): string | undefined =>
  rows
    .find(({ replicas }) => replicas.length > 0)
    ?.workload.split('/')
    .at(-1);

/** The page of this home, after commands that found something. */
const pageOf = async (house: DescribedPage): Promise<Page> => ({
  ...house,
  picture: await drawHouse(house),
  style,
  precious: { cluster: ['talos_machine_secrets.this'] },
  answers: {
    plan: [{ about: 'platform', said: 'platform: 1 to add', lines: ['', '    + kubernetes_x.y'], at }],
    drift: [{ about: 'platform', said: 'platform: as it was left', lines: [], at }],
    doctor: [
      { about: 'kubeconfig', part: 'certificates', state: 'due', said: 'is valid for 9 days', at },
      {
        about: `replica of ${replicatedIn(house)}`,
        part: 'replicas',
        state: 'fine',
        said: 'last written 2 hours ago',
        at,
      },
    ],
    drill: [],
  },
  made: new Date(at),
});

/** Opens a page as a person would: a file, from the disk. */
async function open(
  page: Page,
  look: (tab: Tab, requests: readonly string[]) => Promise<void>,
  how: BrowserContextOptions = {},
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const file = join(folder, 'home.html');
    writeFileSync(file, renderPage(page));
    const context = await browser.newContext(how);
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(pathToFileURL(file).href);
    await look(tab, requests);
    await context.close();
  });
}

withBrowser(
  'shows every workload and all that is known, without a script and without another file',
  async () => {
    await open(
      await pageOf(described),
      async (tab, requests) => {
        const text = (await tab.locator('body').innerText()).replace(/\s+/g, ' ');
        for (const { workload, addresses, databases, replicas, images } of described.rows)
          for (const value of [workload, ...addresses, ...databases, ...replicas, ...images])
            expect(text).toContain(value);
        for (const value of [
          'platform: 1 to add',
          'platform: as it was left',
          'kubeconfig: is valid for 9 days',
          'last written 2 hours ago (on 30 November 2026',
          'talos_machine_secrets.this',
        ])
          expect(await tab.locator('body').textContent()).toContain(value);
        expect(await tab.locator('.picture svg .node').count()).toBe(described.rows.length);
        expect(requests).toEqual([tab.url()]);
      },
      { javaScriptEnabled: false },
    );
  },
);

withBrowser('unfolds what a plan said', async () => {
  await open(await pageOf(described), async (tab) => {
    const line = tab.getByText('+ kubernetes_x.y');
    expect(await line.isVisible()).toBe(false);
    await tab.getByText('plan: platform: 1 to add').click();
    expect(await line.isVisible()).toBe(true);
  });
});

withBrowser.each([360, 1400])('fits a screen of %i pixels', async (width) => {
  await open(
    await pageOf(described),
    async (tab) => {
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const beyond = `[...document.querySelectorAll('article, h1, h2, p, li')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth).length`;
      expect(await tab.evaluate(beyond)).toBe(0);
    },
    { viewport: { width, height: 800 } },
  );
});

withBrowser('follows light and dark', async () => {
  const colors = async (colorScheme: 'light' | 'dark'): Promise<string[]> => {
    let found: string[] = [];
    await open(
      await pageOf(described),
      async (tab) => {
        const of = (property: string): string => `getComputedStyle(document.body).${property}`;
        found = await tab.evaluate(`[${of('backgroundColor')}, ${of('color')}]`);
      },
      { colorScheme },
    );
    return found;
  };
  const [light, dark] = [await colors('light'), await colors('dark')];
  expect(light[0]).toBe('rgb(255, 255, 255)');
  expect(dark[0]).not.toBe(light[0]);
  expect(dark[1]).not.toBe(light[1]);
});

/** A value with something behind every text in it. */
function spoiled(value: unknown, spoil: (text: string) => string): unknown {
  if (typeof value === 'string') return spoil(value);
  if (Array.isArray(value)) return value.map((one) => spoiled(one, spoil));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoiled(one, spoil)]));
}

withBrowser.each([
  ['a script', '<script>document.title = "taken"</script>'],
  ['the end of an attribute', '" onfocus="document.title = \'taken\'" autofocus x="'],
  ['an image', '<img src="http://192.0.2.1/x" onerror="document.title = \'taken\'">'],
  ['the end of a style', '</style></title></pre><b>bold</b>'],
  ['what looks escaped', '&lt;script&gt; &#60;b&#62; &amp;'],
])('takes %s in any text for a text', async (_, text) => {
  const spoil = (one: string): string => `${one}${text}`;
  const { timezone, ...house } = described;
  const plain = await pageOf(described);
  const everywhere = {
    ...(spoiled(house, spoil) as Omit<DescribedPage, 'timezone'>),
    timezone,
  };
  const page: Page = {
    ...everywhere,
    picture: await drawHouse(everywhere),
    style,
    made: plain.made,
    precious: { [spoil('cluster')]: [spoil('talos_machine_secrets.this')] },
    answers: spoiled(
      {
        ...plain.answers,
        plan: described.rows.map(({ stack }) => ({ about: stack, said: 'x', lines: ['a', 'b'] })),
        doctor: [
          { about: 'a', part: 'b', state: 'c', said: 'd' },
          ...described.rows.map(({ workload }) => ({ about: `replica of ${workload}`, said: 'x' })),
        ],
        drift: [],
      },
      spoil,
    ) as Page['answers'],
  };
  for (const list of Object.values(page.answers)) for (const answer of list) Object.assign(answer, { at });
  // Our own policy would stop a script; here nothing does.
  await open(
    page,
    async (tab, requests) => {
      expect(await tab.locator('script, img, b, [onerror], [onfocus], [autofocus]').count()).toBe(0);
      expect(await tab.title()).toBe(`${described.name}${text}`);
      const shown = await tab.locator('body').textContent();
      for (const { workload } of described.rows) expect(shown).toContain(`${workload}${text}`);
      expect(requests).toEqual([tab.url()]);
    },
    { bypassCSP: true },
  );
});
