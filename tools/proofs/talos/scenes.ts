import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecret } from '@home/files';
import { type Home, type MachineFacts, home } from '@home/home';
import { type PlanJson, threatsIn } from '@life/terraform';
import { type Scene, demand } from '../engine';
import { expectedFacts, unexpected } from './expected-facts';
import { editedHome, machinesFile, mixedHome } from './mixed-home';
import { type RootModule, run } from './root-module';

/** Root modules to play with, and talosctl where it is there. */
export interface TalosStage {
  /** A fresh copy of this home's stack `cluster`, initialized. */
  cluster(): RootModule;
  readonly hasTalosctl: boolean;
}

const withoutTalosctl = ({ hasTalosctl }: TalosStage): string | undefined =>
  hasTalosctl ? undefined : 'talosctl is not installed';

const configurationOf = (node: MachineFacts): string => `data.talos_machine_configuration.${node.name}`;
const secretsAddress = 'talos_machine_secrets.cluster';
const targets = (of: Home): string[] => of.machines.map((node) => `-target=${configurationOf(node)}`);

/** All that must hold with the real provider. */
export const scenes: readonly Scene<TalosStage>[] = [
  {
    title: 'the plan of an empty home needs neither network nor machine',
    play: ({ cluster }) =>
      expect(cluster().terraform('plan', '-input=false'), /Plan: \d+ to add, 0 to change, 0 to destroy/),
  },
  {
    title: 'secrets and configurations are made without a machine, and a second plan is empty',
    play({ cluster }) {
      const module = rendered(cluster(), home);
      const again = module.terraform('plan', '-input=false', '-detailed-exitcode', ...targets(home));
      demand(again.code === 0, again.output);
    },
  },
  {
    title: 'the rendered configuration of every machine holds every fact of libs/home',
    play: ({ cluster }) => demandFacts(rendered(cluster(), home), home),
  },
  {
    title: 'talosctl validate --mode metal --strict accepts every machine of this home',
    impossible: withoutTalosctl,
    play: ({ cluster }) => demandValid(rendered(cluster(), home), home),
  },
  {
    title:
      'a home of three control planes and a worker, all different, under an old contract, renders as well',
    play: ({ cluster }) => demandFacts(rendered(mixed(cluster()), mixedHome), mixedHome),
  },
  {
    title: 'talosctl accepts these machines too',
    impossible: withoutTalosctl,
    play: ({ cluster }) => demandValid(rendered(mixed(cluster()), mixedHome), mixedHome),
  },
  {
    title: 'editing one machine changes its configuration and no other',
    play({ cluster }) {
      const module = rendered(mixed(cluster()), mixedHome);
      const before = module.state();
      module.write('machines.tf.json', machinesFile(editedHome));
      const after = rendered(module, editedHome).state();
      const changed = Object.keys(before).filter(
        (address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]),
      );
      demand(changed.join() === 'data.talos_machine_configuration.box', `changed: ${changed.join()}`);
    },
  },
  {
    title:
      'a raised contract is refused by `npm run plan`, since the provider would apply it without a word; a lower one is refused by Terraform',
    play({ cluster }) {
      const module = rendered(withContract(cluster(), 'v1.7'), home);
      const raised = withContract(module, 'v1.13').terraform(
        'plan',
        '-input=false',
        '-out=raised',
        ...targets(home),
      );
      demand(raised.code === 0, raised.output);
      const plan: PlanJson = JSON.parse(module.terraform('show', '-json', 'raised').output);
      const threats = threatsIn(plan, () => undefined).map(({ address }) => address);
      demand(threats.join() === secretsAddress, `what is refused: ${threats.join()}`);
      rendered(module, home);
      const refused = withContract(module, 'v1.12').terraform('plan', '-input=false');
      demand(refused.code !== 0, 'a lower contract was planned');
      expect(refused, /prevent_destroy/);
    },
  },
  {
    title: 'a running cluster keeps its identity: import-secrets',
    impossible: withoutTalosctl,
    play({ cluster }) {
      const module = cluster();
      const file = join(module.folder, 'secrets.yaml');
      demand(
        run(['talosctl', 'gen', 'secrets', '-o', file], module.folder).code === 0,
        'talosctl gen secrets failed',
      );
      // What the command writes: tools/life/talos/commands/import-secrets.ts
      const bootstrap = 'talos_machine_bootstrap.cluster';
      module.write('_adopt.tf.json', {
        import: [
          { to: secretsAddress, id: file },
          { to: bootstrap, id: 'running' },
        ],
      });
      const plan = module.terraform('plan', '-input=false');
      expect(plan, /Plan: 2 to import, \d+ to add, \d+ to change, 0 to destroy/);
      rendered(module, home);
      const [, id] = /id: (\S+)/.exec(readFileSync(file, 'utf8')) ?? [];
      demand(clusterId(module) === id, 'the state holds another identity than secrets.yaml');
    },
  },
];

/** Applies what needs no machine: secrets, configurations. */
function rendered(module: RootModule, of: Home): RootModule {
  const { code, output } = module.terraform('apply', '-input=false', '-auto-approve', ...targets(of));
  demand(code === 0, output);
  return module;
}

/** Replaces this home's machines by those of another home, and leaves out what belongs to this one. */
function mixed(module: RootModule): RootModule {
  for (const name of ['access', 'secrets']) module.write(`${name}.tf.json`, {});
  module.write('machines.tf.json', machinesFile(mixedHome));
  return module;
}

/** Writes another contract into the generated files. */
function withContract(module: RootModule, contract: string): RootModule {
  for (const name of ['machines.tf.json', 'secrets.tf.json']) {
    const file = join(module.folder, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"talos_version": "[^"]+"/g, `"talos_version": "${contract}"`),
    );
  }
  return module;
}

function configurations(module: RootModule, of: Home): [MachineFacts, string][] {
  const state = module.state();
  return of.machines.map((node) => [node, String(state[configurationOf(node)]?.['machine_configuration'])]);
}

function demandFacts(module: RootModule, of: Home): void {
  for (const [node, text] of configurations(module, of)) {
    const missing = expectedFacts(node, of).filter((fact) => !text.includes(fact));
    demand(missing.length === 0, `${node.name} lacks ${missing.join(' and ')}`);
    const wrong = unexpected.filter((fact) => text.includes(fact));
    demand(wrong.length === 0, `${node.name} has ${wrong.join(' and ')}`);
  }
}

function demandValid(module: RootModule, of: Home): void {
  for (const [node, text] of configurations(module, of)) {
    const file = join(module.folder, `${node.name}.yaml`);
    writeSecret(file, text);
    const { code, output } = run(
      ['talosctl', 'validate', '--mode', 'metal', '--strict', '--config', file],
      module.folder,
    );
    demand(code === 0, `${node.name}: ${output}`);
  }
}

function clusterId(module: RootModule): unknown {
  const secrets: unknown = module.state()[secretsAddress]?.['machine_secrets'];
  return Object(Object(secrets).cluster).id;
}

function expect({ output }: { output: string }, pattern: RegExp): void {
  demand(pattern.test(output), `${pattern} is not in: ${output}`);
}
