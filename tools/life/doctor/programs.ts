import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@home/command';
import { home, parseImage } from '@home/home';
import { findTerraform } from '@tools/life/terraform';
import type { Check, Finding, Patient } from './finding';
import { isOlder } from './newer-versions';

/** A program that only some commands need. */
interface Helper {
  readonly name: string;
  readonly version: readonly string[];
  readonly needed: string;
  /** Only where the home sets up machines. */
  readonly ofMachines?: true;
  /** The version that belongs to this home, if one does. */
  readonly wanted?: () => string;
}

const helpers: readonly Helper[] = [
  {
    name: 'talosctl',
    version: ['version', '--client', '--short'],
    needed: 'the chores of `npm run talos`',
    ofMachines: true,
    wanted: () => minorOf(home.versions.talosInstaller),
  },
  {
    name: 'kubectl',
    version: ['version', '--client'],
    needed: '`npm run drill` and `npm run talos -- forget`',
    wanted: () => minorOf(home.versions.kubernetes),
  },
  {
    name: 'litestream',
    version: ['version'],
    needed: '`npm run restore` and `npm run drill`',
    wanted: () => minorOf(parseImage(home.images.litestream)?.tag ?? ''),
  },
  { name: 'sqlite3', version: ['--version'], needed: '`npm run restore` and `npm run drill`' },
];

const neededHelpers = (): readonly Helper[] =>
  helpers.filter(({ ofMachines = false }) => !ofMachines || home.machines.length > 0);

const minorOf = (version: string): string => /(\d+\.\d+)/.exec(version)?.[1] ?? version;

export const programs: Check = {
  title: 'programs',
  look: async (patient) => [
    nodeVersion(patient, process.version),
    await git(patient),
    ...(await Promise.all(neededHelpers().map((helper) => lookAt(helper, patient)))),
  ],
};

export const terraform: Check = {
  title: 'programs',
  async look({ environment }) {
    const { name, version } = await findTerraform(home.terraform.binary, environment);
    return [{ what: name, state: 'fine', detail: version }];
  },
};

async function git(patient: Patient): Promise<Finding> {
  const said = await versionOf('git', ['--version'], patient);
  if (said !== undefined) return { what: 'git', state: 'fine', detail: said };
  const remedy = 'Install it: https://git-scm.com';
  return { what: 'git', state: 'broken', detail: 'is not on the PATH', remedy };
}

async function lookAt({ name, version, needed, wanted }: Helper, patient: Patient): Promise<Finding> {
  const said = await versionOf(name, version, patient);
  if (said === undefined) {
    const remedy = `\`mise install\` gets it, for ${needed}`;
    return { what: name, state: 'unseen', detail: 'is not on the PATH', remedy };
  }
  const wants = wanted?.();
  if (wants === undefined || minorOf(said) === wants) return { what: name, state: 'fine', detail: said };
  const remedy = `\`mise install\` gets the version of this home, ${wants}`;
  return { what: name, state: 'due', detail: said, remedy };
}

/** The line in which a program names its version; undefined when it is not there. */
async function versionOf(
  program: string,
  args: readonly string[],
  { environment }: Patient,
): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await runProgram(program, args, { env: environment });
  if (exitCode !== 0) return undefined;
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return (lines.find((line) => /\d+\.\d+/.test(line)) ?? lines[0] ?? '').replace(
    /^.*?(v?\d+\.\d+\S*).*$/,
    '$1',
  );
}

/** Compares Node with what package.json asks for. What is older may well work, and gets no fixes any more. */
export function nodeVersion({ root }: Patient, version: string): Finding {
  const { engines }: { engines: { node: string } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const least = engines.node.replace(/^>=/, '');
  if (!isOlder(version, least)) return { what: 'node', state: 'fine', detail: version };
  const detail = `${version} is older than ${least}, and gets no fixes any more`;
  return { what: 'node', state: 'due', detail, remedy: '`mise install` gets the version of this home' };
}
