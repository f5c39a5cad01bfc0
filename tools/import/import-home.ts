import { type Problem, ProblemsError } from '@home/terraform';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { requiredProvider } from '@home/providers';
import { printWorkloads } from './code/print-workload';
import { importCompose } from './compose/import-compose';
import { folderOf } from './code/workload-code';
import { formatReport } from './format-report';
import { type Imported, problemOf } from './imported';
import { importManifests } from './kubernetes/import-manifests';
import { extendManifest, extendStack } from './manifest/extend-manifest';
import { type ChosenSources, chooseSources, tellOthers } from './source/choose-sources';
import { standardInput } from './source/read-source';
import { type Surroundings, surroundingsOf } from './surroundings';
import { importTerraform } from './terraform/import-terraform';
import { needsNoSettings } from './terraform/provider-schemas';

/** Where the home says what it takes from its providers. */
const manifestFile = 'libs/providers/manifest.ts';

/** What is to be imported, as `npx nx g import` is told. */
export interface ImportRequest {
  /** A file, a folder, or `-` for standard input. */
  readonly from: string;
  readonly stack: string;
  /** The workload's name, where everything becomes one. */
  readonly name?: string;
  /** Services whose data may be lost, with commas between. */
  readonly allowDataLoss?: string;
  /** Whether the report lists each thing. */
  readonly verbose?: boolean;
}

/** Files that are to be written, and what people should know of them. */
export interface HomeImport {
  /** Path below the workspace → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly report: string;
  /** Whether the home learns types of its providers that it did not know. */
  readonly newTypes: boolean;
}

/**
 * Turns what `--from` names into workloads. Writes nothing.
 *
 * @param root the workspace
 * @throws ProblemsError with everything that keeps it from being imported
 */
export async function importHome(root: string, request: ImportRequest): Promise<HomeImport> {
  const imported = await importFrom(request, await surroundingsOf(root, request.stack));
  const printed = await printWorkloads(imported.workloads);
  const before = readFileSync(join(root, manifestFile), 'utf8');
  const manifest = await extendManifest(before, imported.wanted);
  const newTypes = manifest !== before;
  const stackFile = folderOf({ stack: request.stack, name: 'stack.ts' });
  const declared = readFileSync(join(root, stackFile), 'utf8');
  const used = [...new Set(imported.wanted.map(({ provider }) => provider))];
  const stack = await extendStack(
    declared,
    used.filter((name) => requiredProvider(name) && needsNoSettings(name)),
  );
  const files = new Map([
    ...printed,
    ...(newTypes ? [[manifestFile, manifest] as const] : []),
    ...(stack === declared ? [] : [[stackFile, stack] as const]),
  ]);
  const marks = [...printed.values()].reduce((sum, text) => sum + text.split('imported: ').length - 1, 0);
  const report = formatReport(imported, { newTypes, marks, verbose: request.verbose === true });
  return { files, newTypes, report };
}

/**
 * Reads what `--from` names, whatever it is.
 *
 * @param around what the workloads find in the home
 * @throws ProblemsError with everything that keeps it from being imported
 */
export async function importFrom(request: ImportRequest, around: Surroundings): Promise<Imported> {
  const chosen = await chooseSources(request.from);
  refuseWith([...chosen.problems, ...checkRequest(request, around, chosen.kind)]);
  const made = await importSources(chosen, around, request);
  const carried = new Set(made.workloads.flatMap(({ assets }) => [...assets.values()]));
  const left = [...tellOthers(chosen, carried), ...made.left];
  refuseWith(made.problems);
  if (made.workloads.length === 0)
    refuseWith(left.length > 0 ? left.map(problemOf) : [nothingFound(request)]);
  return { ...made, left };
}

function refuseWith(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

async function importSources(
  { kind, sources }: ChosenSources,
  around: Surroundings,
  { name, allowDataLoss = '' }: ImportRequest,
): Promise<Imported> {
  switch (kind) {
    case 'terraform':
      return importTerraform(sources, around, name);
    case 'compose':
      return importCompose(sources, around, {
        wish: name,
        givenUp: new Set(allowDataLoss.split(',').filter((one) => one !== '')),
      });
    case 'kubernetes':
      return importManifests(sources, around, name);
  }
}

function checkRequest(
  { stack, name, allowDataLoss }: ImportRequest,
  around: Surroundings,
  kind: ChosenSources['kind'],
): Problem[] {
  const problems: Problem[] = [];
  if (allowDataLoss !== undefined && kind !== 'compose') {
    const what = 'must name services of a compose file, and there is none';
    problems.push({
      where: '--allow-data-loss',
      what,
      remedy: 'Leave it out: here volumes stay what they are',
    });
  }
  if (!around.stacks.includes(stack)) {
    const what = `"${stack}" must be a stack of the home`;
    problems.push({ where: '--stack', what, remedy: `Name one of ${around.stacks.join(', ')}` });
  }
  if (name !== undefined && !around.isFree(name)) {
    const what = `"${name}" must be lower-case letters, digits and single dashes, and no workload's name yet`;
    problems.push({ where: '--name', what, remedy: 'Choose another name' });
  }
  return problems;
}

const nothingFound = ({ from }: ImportRequest): Problem => ({
  where: from === '-' ? standardInput : from,
  what: 'must hold something that can be imported, but holds nothing',
  remedy:
    from !== '-' && statSync(from).isDirectory()
      ? 'Name a folder with .yaml, .yml, .json or .tf files that describe what runs'
      : 'See whether the program that wrote it ended in an error, and what its error output says',
});
