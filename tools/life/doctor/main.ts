import { join } from 'node:path';
import { type Given, fold, openTerminal, runCommand, widthOf } from '@home/command';
import { home } from '@home/home';
import { keepAnswers } from '@life/answers';
import { terraformEnvironment } from '@tools/life/terraform';
import {
  certificates,
  credentials,
  emptyStarts,
  generatedFiles,
  homeFacts,
  replicas,
  secretFiles,
  wayToStores,
} from './checks';
import { certificateOfNames } from './certificate-of-names';
import { type Check, type Finding, type Patient, examine, formatFinding, formatSummary } from './finding';
import { newerVersions } from './newer-versions';
import { programs, terraform } from './programs';

const usage = {
  command: 'npm run doctor',
  help: `npm run doctor [-- --json]

Looks whether everything is in order: the facts, the generated files, programs,
credentials, files that hold secrets, certificates, newer versions, the way to
the stores, what may start empty, replicas. It names what it cannot check from
here. Exit code 1 when something is broken.
npm run --silent doctor -- --json | jq has it for machines.`,
  options: { json: { type: 'boolean', default: false } },
} as const;

/** All but the facts: nothing can be looked at while these contradict each other. */
const checks: readonly Check[] = [
  generatedFiles,
  programs,
  terraform,
  credentials,
  secretFiles,
  certificates,
  certificateOfNames,
  newerVersions(),
  wayToStores,
  emptyStarts,
  replicas,
];

async function main({ values }: Given<typeof usage.options>): Promise<number> {
  const root = join(__dirname, '../../..');
  const nothing: Patient = { root, environment: {} };
  const found: (Finding & { readonly check: string })[] = [];
  const tell = (check: Check, findings: readonly Finding[]): void => {
    found.push(...findings.map((finding) => ({ check: check.title, ...finding })));
    if (!values.json) for (const finding of findings) terminal.say(fold(formatFinding(finding), width));
  };
  const terminal = openTerminal();
  const width = widthOf(process.stdout);
  terminal.status(homeFacts.title);
  tell(homeFacts, await examine(homeFacts, nothing));
  if (found.every(({ state }) => state === 'fine')) {
    const patient: Patient = { root, environment: terraformEnvironment(root, process.env, home.terraform) };
    for (const check of checks) {
      terminal.status(check.title);
      tell(check, await examine(check, patient));
    }
  }
  keepAnswers(
    root,
    'doctor',
    found.map(({ check, what, state, detail = '' }) => ({ about: what, part: check, state, said: detail })),
    true,
  );
  terminal.say(values.json ? JSON.stringify(found, null, 2) : formatSummary(found));
  return found.some(({ state }) => state === 'broken') ? 1 : 0;
}

runCommand(usage, main);
