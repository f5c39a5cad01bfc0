import {
  type Blocks,
  OwnedBlocks,
  type Rendered,
  type TfJson,
  flatten,
  formatProblem,
  render,
} from '@home/terraform';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withTemporaryFolder } from '@home/files';
import { imported as codeOf } from '../code/code';
import { printWorkloads } from '../code/print-workload';
import { type WorkloadCode, folderOf } from '../code/workload-code';
import type { Imported } from '../imported';
import { importTerraform } from './import-terraform';

/** What became of HCL: the import's own answer, its files, and the JSON that these would generate. */
export interface ImportedHcl extends Imported {
  /** Path below the workload's folder → text; of the workload `web`. */
  readonly files: Readonly<Record<string, string>>;
  readonly json: TfJson;
  /** What the rendering complained of. */
  readonly mistakes: readonly string[];
  /** Where the HCL lay while it was imported; it is gone since. */
  readonly folder: string;
}

/** How HCL is imported. */
interface HclImport {
  /** What the stack has already. */
  readonly addresses?: readonly string[];
  /** `--name`; `null` divides it into workloads. */
  readonly name?: string | null;
}

/** Imports files of HCL as `npx nx g import` would. */
export async function importHcl(
  hcl: Readonly<Record<string, string>>,
  { addresses = [], name = 'web' }: HclImport = {},
): Promise<ImportedHcl> {
  return withTemporaryFolder(async (base) => {
    const folder = join(base, 'given');
    const around = {
      stack: 'workloads',
      stacks: ['workloads'],
      isFree: () => true,
      namespaces: new Map([['infra', codeOf('@home/platform/namespaces', 'infra')]]),
      blocks: [],
      addresses: new Set(addresses),
      domain: 'home.example',
      data: { node: 'box' },
    };
    for (const [file, text] of Object.entries(hcl)) write(join(folder, file), text);
    const sources = Object.entries(hcl)
      .filter(([file]) => /\.tf(\.json)?$/.test(file))
      .map(([file, text]) => ({ file: join(folder, file), text }));
    const imported = await importTerraform(sources, around, name ?? undefined);
    const printed = await printWorkloads(imported.workloads);
    const start = 'apps/workloads/web/';
    const own = [...printed].filter(([path]) => path.startsWith(start));
    const files = Object.fromEntries(own.map(([path, text]) => [path.slice(start.length), text]));
    const { json, problems } = renderAll(join(base, 'home'), imported.workloads, printed);
    return { ...imported, files, json, folder, mistakes: problems.map(formatProblem) };
  });
}

/** Runs what was printed, as Node would, and renders the blocks that it exports. */
function renderAll(
  home: string,
  workloads: readonly WorkloadCode[],
  printed: ReadonlyMap<string, string>,
): Rendered {
  const mainOf = (place: { stack: string; name: string }): string => join(home, folderOf(place), 'main');
  for (const [path, text] of printed) {
    const found = text.replace(/'@home\/(\w+)\/([\w-]+)'/g, (_, stack: string, name: string) =>
      JSON.stringify(mainOf({ stack, name })),
    );
    write(join(home, path), found);
  }
  const owned = workloads.flatMap((workload) => {
    const { default: blocks } = jest.requireActual<{ default: Blocks }>(mainOf(workload));
    const owner = { stack: workload.stack, workload: workload.name, where: workload.name };
    return flatten(blocks).map((block) => ({ owner, block }));
  });
  const owner = owned[0]?.owner ?? { stack: 'workloads', workload: 'web', where: 'web' };
  return render(
    owned.map(({ block }) => block),
    owner,
    new OwnedBlocks(owned),
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A piece of HCL and what becomes of it. */
export interface HclCase {
  readonly name: string;
  readonly hcl: string;
  /** What the blocks generate. */
  readonly json?: object;
  /** Pieces of the TypeScript. */
  readonly code?: readonly string[];
}

/** Imports HCL and looks whether it became what a case says. */
export async function expectCode({ hcl, json, code = [] }: HclCase): Promise<void> {
  const imported = await importHcl({ 'main.tf': hcl });
  expect(imported.problems).toEqual([]);
  expect(imported.mistakes).toEqual([]);
  if (json !== undefined) expect(JSON.parse(JSON.stringify(imported.json))).toEqual(json);
  for (const piece of code) expect(imported.files['main.ts']?.replace(/\s+/g, ' ')).toContain(piece);
}
