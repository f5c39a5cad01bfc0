import { join } from 'node:path';
import { openTerminal } from '@home/command';
import { withTemporaryFolder } from '@home/files';
import { home } from '@home/home';
import { systemProgram } from '@life/programs';
import { type Report, type Scene, demand, laneOn, playLanes, runProof, skipAll } from '../engine';
import { RootModule, hasNoNetwork } from './root-module';
import { type TalosStage, scenes } from './scenes';

const from = join(__dirname, '../../../terraform/cluster');

const usage = {
  command: 'npm run prove:talos',
  help: `npm run prove:talos

Proves the stack cluster with the real Terraform, the real Talos provider and
talosctl, and no machine.`,
  options: {},
} as const;

const { binary } = home.terraform;

async function prove(chosen: readonly Scene<TalosStage>[], folder: string, report: Report): Promise<void> {
  let made = 0;
  const fresh = () => new RootModule(binary, join(folder, String((made += 1))), from);
  const { code, output } = fresh().terraform('init', '-input=false');
  if (code !== 0) {
    const why = /Error: ([^\n]+)/.exec(output)?.[1] ?? output.trim();
    return skipAll(chosen, `the provider siderolabs/talos cannot be had: ${why}`, report);
  }
  if (!hasNoNetwork())
    openTerminal().say(
      'This machine cannot take the network away from a process (unshare -rn), so it was there.',
    );
  const cluster = () => {
    const module = fresh();
    const initialized = module.terraform('init', '-input=false');
    demand(initialized.code === 0, initialized.output);
    return module;
  };
  const stage = { cluster, hasTalosctl: systemProgram('talosctl') !== undefined };
  await playLanes(chosen, 1, () => laneOn(stage), report);
}

runProof(usage, {
  scenes,
  whyNot: () => (systemProgram(binary) === undefined ? `${binary} is not installed` : undefined),
  play: (chosen, _, report) => withTemporaryFolder((folder) => prove(chosen, folder, report)),
});
