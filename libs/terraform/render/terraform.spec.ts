import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, instance, output, resourceBlock } from '..';
import { examples } from './example-blocks';
import { renderApp } from './example-stacks';

const isThere = spawnSync('terraform', ['version']).status === 0;
const withTerraform = isThere ? it : it.skip;
if (!isThere) console.warn('SKIPPED: every kind of block in the terraform binary, which is not on the PATH.');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blocks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(blocks: readonly Block[]): void {
  const { json, problems } = renderApp(blocks);
  expect(problems).toEqual([]);
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(json));
}

const terraform = (...args: string[]): string =>
  execFileSync('terraform', [`-chdir=${folder}`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function outputs(): Record<string, unknown> {
  const all = JSON.parse(terraform('output', '-json')) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

describe('Terraform', () => {
  const builtIn = examples.filter((example) => example.builtIn);
  withTerraform.each(builtIn.map((example) => [example.name, example] as const))(
    'accepts %s',
    (_, { blocks }) => {
      write(blocks);
      const { stdout } = spawnSync('terraform', [`-chdir=${folder}`, 'validate', '-json'], {
        encoding: 'utf8',
      });
      expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
    },
    30_000,
  );

  interface Data {
    readonly id: string;
    readonly output: string;
  }
  const data = (label: string, given: object): Block<Data> =>
    resourceBlock<Data>('terraform_data', label, given);

  withTerraform(
    'moves an object through all its former labels',
    () => {
      const oldest = data('a', { input: 'x' });
      write([oldest, output('id', oldest.ref.id)]);
      terraform('apply', '-auto-approve');
      const { id } = outputs();
      for (const formerly of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
        const block = data(`now-${formerly.length}`, {
          input: 'x',
          formerly: [...formerly, ...renamed(formerly.length)],
        });
        write([block, output('id', block.ref.id)]);
        terraform('apply', '-auto-approve');
        expect(outputs()['id']).toBe(id);
      }

      /** The labels that this test gave it before. */
      function renamed(times: number): string[] {
        return Array.from({ length: times - 1 }, (_, index) => `now-${index + 1}`);
      }
    },
    60_000,
  );

  withTerraform(
    'reads the instances that references lead to',
    () => {
      const keyed = data('keyed', { for_each: { a: '1', 'a "b" ${c}': '2' }, input: 'same' });
      const numbered = data('numbered', { count: 2, input: 'same' });
      const read = [
        instance(keyed, 'a').output,
        instance(keyed, 'a "b" ${c}').output,
        instance(numbered, 1).output,
      ];
      write([keyed, numbered, output('read', read)]);
      terraform('apply', '-auto-approve');
      expect(outputs()['read']).toEqual(['same', 'same', 'same']);
    },
    60_000,
  );
});
