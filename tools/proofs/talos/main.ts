import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import { type Report, laneOn, playLanes, runProof, skipAll } from '../engine';
import { hasNoNetwork, rootModule } from './root-module';
import { scenes } from './scenes';

const from = join(__dirname, '../../../terraform/cluster');

const usage = {
  command: 'npm run prove:talos',
  help: `npm run prove:talos

Proves the stack cluster with the real Terraform, the real Talos provider and talosctl, and no machine.`,
  options: {},
} as const;

async function prove(folder: string, report: Report): Promise<void> {
  const { binary } = home.terraform;
  if (systemProgram(binary) === undefined) return skipAll(scenes, `${binary} is not installed`, report);
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
    if (!(cause instanceof ProviderMissing)) throw cause;
    return skipAll(scenes, `the provider siderolabs/talos cannot be had: ${cause.message}`, report);
  }
  if (!hasNoNetwork())
    console.log('This machine cannot take the network away from a process (unshare -rn), so it was there.');
  const stage = { cluster, hasTalosctl: systemProgram('talosctl') !== undefined };
  await playLanes(scenes, 1, () => laneOn(stage), report);
}

class ProviderMissing extends Error {
  constructor(output: string) {
    super(/Error: ([^\n]+)/.exec(output)?.[1] ?? output.trim());
  }
}

runProof(usage, (_, report) => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-talos-'));
  return prove(folder, report).finally(() => rmSync(folder, { recursive: true }));
});
