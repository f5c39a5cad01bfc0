import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as kubernetes from '@home/kubernetes';
import * as providers from '@home/providers';
import * as terraform from '@home/terraform';
import { type Code, type Definition, type Parameter } from '../code/code';
import { printWorkloads } from '../code/print-workload';
import type { WorkloadCode } from '../code/workload-code';
import type { Imported } from '../imported';
import { importTerraform } from './import-terraform';

/** What became of HCL: the import's own answer, its files, and the JSON that these would generate. */
export interface ImportedHcl extends Imported {
  /** Path below the workload's folder → text; of the workload `web`. */
  readonly files: Readonly<Record<string, string>>;
  readonly json: terraform.TfJson;
  /** What the rendering complained of. */
  readonly mistakes: readonly string[];
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
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hcl-')));
  for (const [name, text] of Object.entries(hcl)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const sources = Object.entries(hcl)
    .filter(([name]) => /\.tf(\.json)?$/.test(name))
    .map(([name, text]) => ({ file: join(folder, name), text }));
  const around = {
    stack: 'workloads',
    stacks: ['workloads'],
    isFree: () => true,
    namespaces: new Map(),
    addresses: new Set(addresses),
    domain: 'home.example',
  };
  const imported = await importTerraform(sources, around, name ?? undefined);
  const printed = await printWorkloads(imported.workloads);
  const start = 'apps/workloads/web/';
  const own = [...printed].filter(([path]) => path.startsWith(start));
  const files = Object.fromEntries(own.map(([path, text]) => [path.slice(start.length), text]));
  const { json, problems } = renderAll(imported.workloads);
  return { ...imported, files, json, folder, mistakes: problems.map(terraform.formatProblem) };
}

function renderAll(workloads: readonly WorkloadCode[]): terraform.Rendered {
  const made = new Map<Definition, unknown>();
  const owned = workloads.flatMap((workload) => {
    const owner = { stack: workload.stack, workload: workload.name, where: workload.name };
    return blocksOf(workload, made).map((block) => ({ owner, block }));
  });
  const [first] = owned;
  const owner = first?.owner ?? { stack: 'workloads', workload: 'web', where: 'web' };
  return terraform.render(
    owned.map(({ block }) => block),
    owner,
    new terraform.OwnedBlocks(owned),
  );
}

/**
 * Runs the code of a workload without printing and compiling it.
 *
 * @param made what definitions are, be they of other workloads
 */
function blocksOf({ files, assets }: WorkloadCode, made: Map<Definition, unknown>): terraform.Block[] {
  const definitions = files.flatMap((file) => file.definitions);
  return definitions
    .filter(({ exports }) => exports)
    .flatMap((definition) => terraform.flatten(value(definition) as terraform.Blocks));

  function value(definition: (typeof definitions)[number]): unknown {
    if (!made.has(definition)) made.set(definition, run(definition.code, new Map()));
    return made.get(definition);
  }

  function run(code: Code, given: ReadonlyMap<Parameter, unknown>): unknown {
    const inside = (one: Code): unknown => run(one, given);
    switch (code.kind) {
      case 'literal':
        return code.value;
      case 'list':
        return code.items.map(inside);
      case 'object':
        return Object.fromEntries(
          code.members.flatMap((member) =>
            'spread' in member
              ? Object.entries(inside(member.spread) as object)
              : [[member.key, inside(member.value)]],
          ),
        );
      case 'use':
        return value(code.of);
      case 'imported':
        return library(code.from, code.name);
      case 'path':
        return code.steps.reduce(
          (at, step) => (at as Record<string | number, unknown>)[step],
          inside(code.of),
        );
      case 'present':
        return inside(code.of);
      case 'call':
        return (inside(code.callee) as (...all: unknown[]) => unknown)(...code.given.map(inside));
      case 'template': {
        const texts: string[] = [''];
        const values: unknown[] = [];
        for (const part of code.parts) {
          if (typeof part === 'string') texts[texts.length - 1] += part;
          else {
            values.push(inside(part));
            texts.push('');
          }
        }
        const strings: TemplateStringsArray = Object.assign(texts, { raw: texts });
        return terraform.tf(strings, ...(values as string[]));
      }
      case 'function':
        return (argument: unknown) => run(code.result, new Map([...given, [code.parameter, argument]]));
      case 'argument':
        return code.of.name === '__dirname' ? '' : given.get(code.of);
    }
  }

  function library(from: string, name: string): unknown {
    if (from === 'node:path') return join;
    if (from === 'node:fs') return (file: string) => assets.get(file) ?? readFileSync(file, 'utf8');
    const libraries: Readonly<Record<string, object>> = {
      '@home/kubernetes': kubernetes,
      '@home/providers': providers,
      '@home/terraform': terraform,
    };
    return Object.entries(libraries[from] ?? {}).find(([exported]) => exported === name)?.[1];
  }
}
