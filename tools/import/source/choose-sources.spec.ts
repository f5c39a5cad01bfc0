import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { exampleSurroundings } from '../example-surroundings';
import { importFrom } from '../import-home';

describe('an import of a folder that holds several kinds', () => {
  let folder: string;
  beforeEach(() => (folder = makeTemporaryFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function importing(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { found, left } = await importFrom({ from: folder, stack: 'workloads' }, exampleSurroundings);
    const told = left.map(({ where, what, remedy }) => `${where}: ${what}. ${remedy}`);
    return { found, told: told.map((line) => line.replaceAll(`${folder}/`, '')) };
  }

  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: quiet}\n';
  const compose = 'services:\n  a: {image: "example.org/a:1", mem_reservation: 64m}\n';
  const main = 'locals { a = file("${path.module}/read.json") }\noutput "a" { value = local.a }\n';

  it('names what HCL neither reads nor calls', async () => {
    expect(
      await importing({ 'main.tf': main, 'map.yaml': map, 'read.json': '{}\n', 'examples/a/main.tf': main }),
    ).toEqual({
      found: '1 file',
      told: [
        'map.yaml: is not HCL, and is imported only where HCL reads it. If it describes what runs, import it by itself',
        'examples/a: is a module that nothing else calls. If it describes what runs, import it by itself',
      ],
    });
  });

  it('names manifests beside a compose file', async () => {
    expect((await importing({ 'compose.yml': compose, 'map.yaml': map })).told).toEqual([
      'map.yaml: is not a compose file, and is imported only where a service mounts it. If it describes what runs, import it by itself',
    ]);
  });

  it('names compose files below manifests', async () => {
    expect((await importing({ 'map.yaml': map, 'a/compose.yml': compose })).told).toEqual([
      expect.stringContaining(
        'a/compose.yml: is a compose file of its own. Import it by itself, or several as one',
      ),
    ]);
  });
});
