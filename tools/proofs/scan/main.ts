import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, readProgram, runProgram } from '@home/command';
import { withTemporaryFolder } from '@home/files';
import { type GeneratedBlock, readGeneratedHome } from '@home/generated';
import { type Scene, commonOptions, demand, laneOn, playLanes, runProof } from '../engine';
import { exceptions } from './exceptions';
import { type Finding, judgeFindings } from './judge-findings';
import { manifestsOf } from './manifests';
import { actionlint, scannersOfPython } from './scanners';

const usage = {
  command: 'npm run scan',
  help: `npm run scan [-- --only TEXT] [--from FOLDER]

Shows the objects that the generated files make, and the workflows, to scanners
that others keep: checkov, zizmor and actionlint. They are installed from their
registries at the first run, which takes some minutes. What is excepted, and
why: tools/proofs/scan/exceptions.ts.
  --only    only scanners whose sentence fits this regular expression
  --from    the folder of the generated files, if not terraform`,
  options: { only: commonOptions.only, from: { type: 'string', default: 'terraform' } },
} as const;

/** What the scanners look at, and where those of Python are. */
interface ScanStage {
  readonly from: string;
  readonly python: { readonly folder: string } | { readonly missing: string };
}

const missing = ({ python }: ScanStage): string | undefined =>
  'missing' in python ? `it cannot be installed here: ${python.missing}` : undefined;

const program = ({ python }: ScanStage, name: string): string =>
  'folder' in python ? join(python.folder, name) : name;

const scenes: readonly Scene<ScanStage>[] = [
  {
    title: 'checkov finds nothing in the objects of the home but what is excepted',
    seconds: 30,
    impossible: missing,
    play: scanObjects,
  },
  {
    title: 'zizmor finds nothing in the workflows and their actions',
    seconds: 2,
    impossible: missing,
    play: async (stage) => scan(program(stage, 'zizmor'), ['--offline', '--quiet', '.github']),
  },
  {
    title: 'actionlint finds nothing in the workflows',
    seconds: 20,
    play: async () => scan('go', ['run', actionlint, ...workflows()]),
  },
];

const workflows = (): string[] =>
  readdirSync('.github/workflows').map((file) => join('.github/workflows', file));

async function scan(name: string, args: readonly string[]): Promise<void> {
  const { exitCode, stdout, complaint } = await runProgram(name, args);
  demand(exitCode === 0, stdout.trim() || complaint);
}

async function scanObjects(stage: ScanStage): Promise<string> {
  const blocks: readonly GeneratedBlock[] = readGeneratedHome(stage.from);
  const manifests = manifestsOf(blocks);
  const stdout = await withTemporaryFolder(async (folder) => {
    writeFileSync(
      join(folder, 'home.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }),
    );
    const options = ['--framework', 'kubernetes', '--output', 'json', '--soft-fail', '--quiet'];
    return readProgram(program(stage, 'python'), ['-m', 'checkov.main', '-d', folder, ...options]);
  });
  const { findings, looked } = readReport(stdout);
  demand(looked > 0, 'checkov looked at nothing');
  const wrong = judgeFindings(findings, exceptions);
  demand(wrong.length === 0, wrong.join('\n'));
  return `${looked} answers for ${manifests.length} objects, ${findings.length} of them excepted`;
}

function readReport(text: string): { findings: Finding[]; looked: number } {
  const { summary, results } = JSON.parse(text) as {
    readonly summary: { readonly passed: number; readonly failed: number };
    readonly results: {
      readonly failed_checks: readonly { check_id: string; check_name: string; resource: string }[];
    };
  };
  const findings = results.failed_checks.map(({ check_id: check, check_name, resource }) => ({
    check,
    object: resource.replace(/^Pod\.(.*?)\.app\.kubernetes\.io.*$/, 'Pod.$1'),
    demand: check_name,
  }));
  return { findings, looked: summary.passed + summary.failed };
}

runProof(usage, {
  scenes,
  play: async (chosen, { from }, report) => {
    openTerminal().step('installing the scanners', 1, 1);
    const python = await scannersOfPython().then(
      (folder) => ({ folder }),
      (cause: unknown) => ({ missing: cause instanceof Error ? cause.message : String(cause) }),
    );
    await playLanes(chosen, 1, () => laneOn({ from, python }), report);
  },
});
