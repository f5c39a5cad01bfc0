import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@home/command';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import { type Outcome, formatOutcome, formatTally } from '../engine';
import { type Bench, type Expectation, expectations } from './expectations';
import { hasNoNetwork, rootModule } from './root-module';

const from = join(__dirname, '../../../terraform/cluster');

const usage = {
  command: 'npm run prove:talos',
  help: `npm run prove:talos

Proves the stack cluster with the real Terraform, the real Talos provider and talosctl, and no machine.`,
  options: {},
} as const;

function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'prove-talos-'));
  try {
    return prove(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function prove(folder: string): number {
  const { binary } = home.terraform;
  if (systemProgram(binary) === undefined) return skipAll(`${binary} is not installed`);
  let made = 0;
  const cluster = () => {
    const module = rootModule(binary, join(folder, String((made += 1))), from);
    const { code, output } = module.terraform('init', '-input=false');
    if (code !== 0) throw new ProviderMissing(output);
    return module;
  };
  try {
    cluster();
  } catch (cause) {
    if (cause instanceof ProviderMissing)
      return skipAll(`the provider siderolabs/talos cannot be had: ${cause.message}`);
    throw cause;
  }
  if (!hasNoNetwork())
    console.log('This machine cannot take the network away from a process (unshare -rn), so it was there.');
  const bench: Bench = { cluster, hasTalosctl: systemProgram('talosctl') !== undefined };
  const outcomes = expectations.map((expectation) => report(judge(expectation, bench)));
  console.log(formatTally(outcomes));
  return outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

class ProviderMissing extends Error {
  constructor(output: string) {
    super(/Error: ([^\n]+)/.exec(output)?.[1] ?? output.trim());
  }
}

function judge({ what, needsTalosctl, check }: Expectation, bench: Bench): Outcome {
  if (needsTalosctl && !bench.hasTalosctl)
    return { what, result: 'skipped', detail: 'talosctl is not installed' };
  const begin = Date.now();
  try {
    check(bench);
    return { what, result: 'passed', detail: `${((Date.now() - begin) / 1000).toFixed(1)} s` };
  } catch (cause) {
    return { what, result: 'failed', detail: cause instanceof Error ? cause.message : String(cause) };
  }
}

function report(outcome: Outcome): Outcome {
  console.log(formatOutcome(outcome));
  return outcome;
}

/** Loud, and no success: nothing was proved. */
function skipAll(detail: string): number {
  const outcomes = expectations.map(({ what }): Outcome => ({ what, result: 'skipped', detail }));
  outcomes.forEach(report);
  console.log(formatTally(outcomes));
  return 0;
}

runCommand(usage, main);
