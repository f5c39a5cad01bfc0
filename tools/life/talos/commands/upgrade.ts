import { type MachineFacts, addressOf, compareMinors, minorOf, talosSupport } from '@home/home';
import { installerImage, schematicOf } from '@home/talos';
import { type Problem, ProblemsError, refuse } from '@home/terraform';
import { type Chore, type Workplace, controlPlanes, runningVersion, talosctl, workers } from '../chore';

export const upgrade: Chore = {
  usage: 'upgrade [--to VERSION]',
  summary: 'brings Talos and its image, machine by machine, to what the facts say',
  async run(workplace, { to }) {
    const { shell, home } = workplace;
    const target = requireVersion(to ?? home.versions.talosInstaller, 'v1.13.9');
    const nodes = [...controlPlanes(workplace), ...workers(workplace)];
    const behind = await nodesBehind(workplace, nodes, target);
    if (behind.length === 0) workplace.say(`All machines run ${target} already.`);
    const keep = await keepsData(workplace);
    for (const node of behind) {
      const image = installerImage(node, target);
      const command = talosctl(workplace, [node], 'upgrade', '--image', image, ...keep);
      await shell.run(command).catch((cause: unknown) => tellOfCordon(node, cause));
      await waitForHealth(workplace);
    }
    return 0;
  },
};

function requireVersion(version: string, example: string): string {
  if (/^v\d+\.\d+\.\d+$/.test(version)) return version;
  refuse('--to', `"${version}" must be a version`, `Write it like ${example}`);
}

/**
 * talosctl drains the machine first, 5 minutes long and with the time that each pod asks for, which is at most
 * `longestGraceSeconds`. Where that or what follows fails, it lets no pods in again.
 */
function tellOfCordon({ name }: MachineFacts, cause: unknown): never {
  if (!(cause instanceof ProblemsError)) throw cause;
  const what = 'may be left cordoned, so that no pod starts on it';
  const remedy = `Look at \`kubectl get nodes\`; \`kubectl uncordon ${name}\` lets pods in again`;
  throw new ProblemsError([...cause.problems, { where: `node ${name}`, what, remedy }]);
}

/** The machines that run something older, or another image of the same Talos; refuses before the first one is touched. */
async function nodesBehind(
  workplace: Workplace,
  nodes: readonly MachineFacts[],
  target: string,
): Promise<MachineFacts[]> {
  const running = await Promise.all(
    nodes.map(async (node) => ({ node, version: await runningVersion(workplace, node) })),
  );
  const leaps = running.flatMap(({ node, version }) =>
    version === undefined ? [] : leap(node, version, target),
  );
  if (leaps.length > 0) throw new ProblemsError(leaps);
  const behind = await Promise.all(
    running.map(async ({ node, version }) => version !== target || (await runsAnotherImage(workplace, node))),
  );
  return nodes.filter((_, index) => behind[index]);
}

/**
 * Tells whether a machine's image lacks an extension or a kernel argument of its facts, or has one more. An image of the
 * factory names its schematic among its extensions; of another one nothing is known.
 */
async function runsAnotherImage(workplace: Workplace, node: MachineFacts): Promise<boolean> {
  const output = await workplace.shell.read(talosctl(workplace, [node], 'get', 'extensions'));
  const schematic = /\sschematic\s+([0-9a-f]{64})\b/.exec(output ?? '')?.[1];
  return schematic !== undefined && schematic !== schematicOf(node).id;
}

/** Why a machine cannot go from one version to another in one step; empty when it can. */
function leap({ name }: MachineFacts, from: string, to: string): Problem[] {
  const where = `node ${name}`;
  const [current = '', wanted = ''] = [minorOf(from), minorOf(to)];
  if (compareMinors(wanted, current) < 0) {
    const remedy = 'Choose a newer version; Talos cannot be downgraded this way';
    return [{ where, what: `runs ${from}, which is newer than ${to}`, remedy }];
  }
  const steps = minorsBetween(current, wanted).map((minor) => `v${minor}.x`);
  if (steps.length <= 1) return [];
  return [
    {
      where,
      what: `runs ${from}, and no minor version may be skipped on the way to ${to}`,
      remedy: `Use \`npm run talos -- upgrade --to VERSION\` with the newest of ${steps.join(', then ')}; talos/README.md has the whole way`,
    },
  ];
}

/** The minor versions after one, up to another: `1.10`, `1.13` → `1.11`, `1.12`, `1.13`. */
function minorsBetween(from: string, to: string): string[] {
  return Object.keys(talosSupport).filter(
    (minor) => compareMinors(minor, from) > 0 && compareMinors(minor, to) <= 0,
  );
}

/** Before 1.8 talosctl kept data only with --preserve. */
async function keepsData({ shell }: Workplace): Promise<string[]> {
  const output = await shell.read(['talosctl', 'version', '--client', '--short']);
  const minor = minorOf(/v\d+\.\d+\.\d+/.exec(output ?? '')?.[0] ?? '');
  return minor !== undefined && compareMinors(minor, '1.8') < 0 ? ['--preserve'] : [];
}

export const upgradeKubernetes: Chore = {
  usage: 'upgrade-kubernetes [--to VERSION]',
  summary: 'upgrades Kubernetes on all machines, one component after the other',
  async run(workplace, { to }) {
    const target = requireVersion(to ?? workplace.home.versions.kubernetes, 'v1.36.3');
    const [first] = controlPlanes(workplace);
    if (first === undefined) return 0;
    const talos = minorOf((await runningVersion(workplace, first)) ?? '');
    const runs = talos === undefined ? undefined : talosSupport[talos]?.kubernetes;
    const minor = minorOf(target) ?? '';
    if (runs !== undefined && (compareMinors(minor, runs[0]) < 0 || compareMinors(runs[1], minor) < 0)) {
      refuse(
        `node ${first.name}`,
        `runs Talos ${talos}, which runs Kubernetes ${runs[0]} to ${runs[1]}, not ${target}`,
        'Upgrade Talos first, or choose another version with --to',
      );
    }
    // talosctl refuses to skip a minor version by itself.
    // Comments in the machines' configurations would be news to Terraform.
    const plain = ['--with-docs=false', '--with-examples=false'];
    await workplace.shell.run(talosctl(workplace, [first], 'upgrade-k8s', '--to', target.slice(1), ...plain));
    return 0;
  },
};

/** Waits until Talos, etcd and Kubernetes are healthy on all machines. */
async function waitForHealth(workplace: Workplace): Promise<void> {
  const planes = controlPlanes(workplace);
  const others = workers(workplace).map(addressOf);
  const nodes = [
    ...['--control-plane-nodes', planes.map(addressOf).join(',')],
    ...(others.length > 0 ? ['--worker-nodes', others.join(',')] : []),
  ];
  await workplace.shell.run(talosctl(workplace, planes.slice(0, 1), 'health', ...nodes));
}

export const health: Chore = {
  usage: 'health',
  summary: 'waits until Talos, etcd and Kubernetes are healthy on all machines',
  async run(workplace) {
    await waitForHealth(workplace);
    return 0;
  },
};
