import { ProblemsError } from '@home/terraform';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { exampleSurroundings } from './example-surroundings';
import { importFrom } from './import-home';

describe('what cannot be imported', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
  }

  /** What an import says that is refused, with paths below the folder. */
  async function refusal(name = ''): Promise<string> {
    const from = join(folder, name);
    const refused = await importFrom({ from, stack: 'workloads' }, exampleSurroundings).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(refused instanceof ProblemsError)) throw new Error(`nothing was refused: ${String(refused)}`);
    return refused.message.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  }

  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

  test.each<[string, string | Buffer, string]>([
    ['a bracket that is not closed', `${map}data: {a: b\n`, 'a.yaml:6: must be YAML: '],
    ['a tab', 'kind: ConfigMap\nmetadata:\n\tname: a\n', 'a.yaml:3: must be YAML: Tabs are not allowed'],
    ['a key given twice', `${map}kind: Secret\n`, 'a.yaml:5: must be YAML: Map keys must be unique. Fix it'],
    [
      'an anchor inside its own alias',
      `${map}data: &d\n  a: *d\n`,
      'must be YAML: an anchor must not stand inside its own alias',
    ],
    ['an anchor that is missing', `${map}data: *nowhere\n`, 'a.yaml:5: must be YAML: Unresolved alias'],
    [
      'bytes that are no UTF-8',
      Buffer.from(`${map}data: {a: \xff}\n`, 'latin1'),
      'a.yaml:5: must be UTF-8. Save it as UTF-8',
    ],
    [
      'a list',
      '- kind: ConfigMap\n',
      'a.yaml:1: must be a Kubernetes object, but is a list. Separate its objects by "---"',
    ],
    ['a text', 'hello\n', 'a.yaml:1: must be a Kubernetes object, but is "hello".'],
    [
      'no name',
      'apiVersion: v1\nkind: ConfigMap\n',
      'a.yaml:1: ConfigMap must have a metadata.name that is a text. Give it one.',
    ],
    ['nothing', '', 'a.yaml: must hold something that can be imported, but holds nothing.'],
    [
      'comments only',
      '---\n# nothing\n---\n',
      'a.yaml: must hold something that can be imported, but holds nothing.',
    ],
    [
      'a template',
      `${map}data: {a: {{ .Values.a }}}\n`,
      'a.yaml:5: must be YAML with plain texts as keys. It is a template: render it first',
    ],
    [
      'a chart that failed',
      `${map}---\nError: template: a.yaml:3:5: nil pointer\n`,
      'The program that wrote it says "Error: template: a.yaml:3:5: nil pointer": fix that',
    ],
    [
      'a chart that failed briefly',
      `${map}---\nError: boom\n`,
      'a.yaml:6: is not a Kubernetes object, since it has no apiVersion and kind: {"Error":"boom"}.',
    ],
    [
      'a number for a text',
      `${map}data: {a: 1}\n`,
      'a.yaml:5: ConfigMap settings: data.a must be string. Kubernetes would refuse it',
    ],
    [
      'an object described twice',
      `${map}---\n${map}`,
      'a.yaml:6: ConfigMap settings must be described once, but is already in a.yaml:1.',
    ],
    ['aliases that grow without end', explosive(), 'must be YAML: Excessive alias count'],
  ])('refuses %s', async (_, content, message) => {
    write({ 'a.yaml': content });
    expect(await refusal('a.yaml')).toContain(message);
  });

  function explosive(): string {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 8; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    return `${lines.join('\n')}\n`;
  }

  it('refuses a file of 50 MB without reading it', async () => {
    write({ 'a.yaml': Buffer.alloc(50 << 20, 'a') });
    expect(await refusal('a.yaml')).toBe(
      'a.yaml:1: must have at most 16 MB, but has more. Split it at its "---" lines, and import the parts one after the other.',
    );
  });

  it('refuses a path that is not there', async () => {
    expect(await refusal('a.yaml')).toBe(
      'a.yaml: must be a file, a folder or "-", but does not exist. Check the path after --from.',
    );
  });

  it('refuses a folder that holds nothing to import', async () => {
    write({ 'notes.txt': 'nothing\n' });
    expect(await refusal()).toBe(
      '.: must hold something that can be imported, but holds nothing. Name a folder with .yaml, .yml, .json or .tf files that describe what runs.',
    );
  });

  it('names the mistakes of all files at once', async () => {
    write({ 'a.yaml': '- 1\n', 'b/c.yml': 'x: [\n', 'd.yaml': map });
    const lines = (await refusal()).split('\n');
    expect(lines).toEqual([expect.stringMatching(/^a\.yaml:1: /), expect.stringMatching(/^b\/c\.yml:2: /)]);
  });

  test.each([
    [
      'services that are a list',
      'services: [a]\n',
      'compose.yml:1: must have services, each under its name.',
    ],
    [
      'a service that is a text',
      'services: {a: b}\n',
      'compose.yml:1: a must be a service with an image. Write its image.',
    ],
    [
      'ports that are a text',
      'services:\n  a:\n    image: b\n    ports: "80"\n',
      'compose.yml:4: a: ports must be valid in compose, but is "80".',
    ],
    ['a broken file', 'services:\n  a:\n    image: b\n   ports: []\n', 'compose.yml:4: must be YAML: '],
    [
      'services that are all built',
      'services:\n  a:\n    build: .\n',
      'compose.yml:2: a: has no image, so it does not come along. Build and push it, and name it as image.',
    ],
  ])('refuses a compose file with %s', async (_, content, message) => {
    write({ 'compose.yml': content });
    expect(await refusal()).toContain(message);
  });

  it('refuses to give up data of what is no compose file', async () => {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    const request = { from: file, stack: 'workloads', allowDataLoss: 'a' };
    await expect(importFrom(request, exampleSurroundings)).rejects.toThrow(
      '--allow-data-loss: must name services of a compose file, and there is none.',
    );
  });

  it('refuses a stack and a name that do not fit', async () => {
    write({ 'a.yaml': map });
    const request = { from: join(folder, 'a.yaml'), stack: 'garage', name: 'gotify' };
    await expect(importFrom(request, exampleSurroundings)).rejects.toThrow(
      [
        '--name: "gotify" must be lower-case letters, digits and single dashes, and no workload\'s name yet. Choose another name.',
        '--stack: "garage" must be a stack of the home. Name one of cluster, platform, workloads.',
      ].join('\n'),
    );
  });
});
