import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { type HomeFacts, type MachineFacts, readFacts, settle } from '@home/home';
import { refuse } from '@home/terraform';
import type { NodeState } from '@life/machines';
import { quoteCommand } from '@home/command';
import { type Chore, type Shell, type Workplace, realShell } from './chore';
import { cert, kubeconfig } from './commands/access';
import { flash } from './commands/flash';
import { importSecrets } from './commands/import-secrets';
import { forget, rebuild, reset } from './commands/lost-machines';
import { upgrade, upgradeKubernetes } from './commands/upgrade';
import { validate } from './commands/validate';

const facts = readFacts();

let root: string;
beforeEach(() => {
  root = makeTemporaryFolder();
  mkdirSync(join(root, 'terraform/cluster'), { recursive: true });
  writeFileSync(join(root, 'talosconfig'), 'context: home_cgn\ncontexts: {}\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const [reference] = facts.network.nodes as [MachineFacts];
const three: HomeFacts = {
  ...facts,
  network: {
    ...facts.network,
    nodes: ['a', 'b', 'c'].map((name, index) => ({
      ...reference,
      name,
      addresses: { v4: `192.168.107.1${index}` },
    })),
  },
};

interface Told {
  of?: HomeFacts;
  states?: Record<string, NodeState>;
  answers?: (command: string) => string;
  answer?: string;
  dryRun?: boolean;
  /** The commands that fail. */
  fails?: RegExp;
}

/** Plays a chore; gives its exit code and what it ran and said, without the parts that are the same everywhere. */
async function play(
  chore: Chore,
  names: string[],
  { of = facts, states = {}, answers, answer, dryRun = false, fails }: Told = {},
  to?: string,
) {
  const ran: string[] = [];
  const said: string[] = [];
  const record = (command: readonly string[]) =>
    ran.push(
      quoteCommand(command)
        .replaceAll(root, '')
        .replace(/ --talosconfig.*/, ''),
    );
  const shell: Shell = {
    async run(command) {
      record(command);
      if (fails?.test(quoteCommand(command))) refuse('talosctl', 'failed', 'Try again');
    },
    read: async (command) => (record(command), answers?.(quoteCommand(command))),
  };
  const workplace: Workplace = {
    root,
    home: settle(of),
    environment: {},
    shell,
    probe: async ({ name }) => states[name] ?? 'configured',
    dryRun,
    say: (line) => said.push(line.replaceAll(root, '')),
    ask: async () => answer,
  };
  const code = await chore.run(workplace, { names, to });
  return { code, ran, said };
}

const talosOf =
  (version: string) =>
  (command: string): string =>
    command.includes('--client')
      ? 'Talos v1.13.9'
      : `Client:\n\tTag: v1.13.9\nServer:\n\tNODE: x\n\tTag:         ${version}\n`;

describe('upgrade', () => {
  it('takes one machine after the other and waits for health between them', async () => {
    const { ran } = await play(upgrade, [], { of: three, answers: talosOf('v1.12.4') });
    const image =
      'factory.talos.dev/metal-installer/ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9:v1.13.9';
    const health = 'talosctl health --control-plane-nodes 192.168.107.10,192.168.107.11,192.168.107.12';
    const step = [`talosctl upgrade --image ${image}`, health];
    expect(ran.filter((command) => !command.includes('version'))).toEqual([...step, ...step, ...step]);
  });

  it('says that a machine may take no pods when its upgrade fails, and touches no other', async () => {
    const told = { of: three, answers: talosOf('v1.12.4'), fails: /upgrade/ };
    await expect(play(upgrade, [], told)).rejects.toThrow(
      'node a: may be left cordoned, so that no pod starts on it. Look at `kubectl get nodes`; `kubectl uncordon a` lets ' +
        'pods in again.\ntalosctl: failed. Try again.',
    );
  });

  it('refuses to skip a minor version before it touches a machine', async () => {
    await expect(play(upgrade, [], { answers: talosOf('v1.10.2') })).rejects.toThrow(
      'node talos-controlplane: runs v1.10.2, and no minor version may be skipped on the way to v1.13.9. ' +
        'Use `npm run talos -- upgrade --to VERSION` with the newest of v1.11.x, then v1.12.x, then v1.13.x; talos/README.md has the whole way.',
    );
    await expect(play(upgrade, [], { answers: talosOf('v1.13.9') }, 'v1.12.0')).rejects.toThrow(
      'which is newer than',
    );
  });

  it('tells an old talosctl to keep data, and asks for the installer of that time', async () => {
    const answers = (command: string) =>
      command.includes('--client') ? 'Client v1.7.6' : 'Server:\n\tTag: v1.7.6';
    const { ran } = await play(upgrade, [], { answers }, 'v1.8.4');
    expect(ran).toContainEqual(
      expect.stringMatching(/upgrade --image factory\.talos\.dev\/installer\/\S+:v1\.8\.4 --preserve$/),
    );
  });

  it('leaves machines alone that run the version already', async () => {
    const { ran, said } = await play(upgrade, [], { answers: talosOf('v1.13.9') });
    expect(ran.filter((command) => command.includes('upgrade'))).toEqual([]);
    expect(said).toEqual(['All machines run v1.13.9 already.']);
  });

  it('exchanges the image of a machine whose extensions or kernel arguments changed, and no other', async () => {
    const [a, ...others] = three.network.nodes as [MachineFacts, ...MachineFacts[]];
    const nodes = [{ ...a, extensions: ['siderolabs/iscsi-tools'] }, ...others];
    const plain = 'ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9';
    const answers = (command: string) =>
      command.includes('get extensions')
        ? `NODE NAMESPACE TYPE ID VERSION NAME VERSION\nx runtime ExtensionStatus 0 1 schematic ${plain}\n`
        : talosOf('v1.13.9')(command);
    const { ran } = await play(upgrade, [], {
      of: { ...three, network: { ...three.network, nodes } },
      answers,
    });
    const upgrades = ran.filter((command) => command.includes('talosctl upgrade'));
    expect(upgrades).toEqual([expect.stringMatching(/metal-installer\/[0-9a-f]{64}:v1\.13\.9$/)]);
    expect(upgrades[0]).not.toContain(plain);
  });
});

it('upgrades Kubernetes to what the running Talos supports only', async () => {
  const { ran } = await play(upgradeKubernetes, [], { answers: talosOf('v1.13.9') });
  expect(ran.at(-1)).toBe('talosctl upgrade-k8s --to 1.36.3 --with-docs=false --with-examples=false');
  await expect(play(upgradeKubernetes, [], { answers: talosOf('v1.10.0') })).rejects.toThrow(
    'node talos-controlplane: runs Talos 1.10, which runs Kubernetes 1.28 to 1.33, not v1.36.3. ' +
      'Upgrade Talos first, or choose another version with --to.',
  );
});

describe('reset', () => {
  it('wipes a machine whose name was typed', async () => {
    const { ran } = await play(reset, ['b'], { of: three, answer: 'b' });
    expect(ran).toEqual([
      'talosctl reset --graceful=true --reboot --system-labels-to-wipe STATE --system-labels-to-wipe EPHEMERAL',
    ]);
  });

  it.each([undefined, 'yes', 'a'])('wipes nothing when the answer is %s', async (answer) => {
    await expect(play(reset, ['b'], { of: three, answer })).rejects.toThrow('node b: was not wiped.');
  });
});

describe('rebuild', () => {
  it('hands a blank machine on to deploy, which asks', async () => {
    const { ran } = await play(rebuild, ['b'], { of: three, states: { b: 'blank' } });
    expect(ran).toEqual(['npm run -s deploy -- --until=cluster']);
  });

  it('leaves a machine alone that has a configuration or does not answer', async () => {
    await expect(play(rebuild, ['b'], { of: three })).rejects.toThrow(
      'node b: has a configuration, and only one that waits',
    );
    await expect(play(rebuild, ['b'], { of: three, states: { b: 'away' } })).rejects.toThrow(
      'node b: does not answer',
    );
  });
});

describe('forget', () => {
  const members =
    'NODE            ID                 HOSTNAME   PEER URLS\n192.168.107.10  d2b9c1cbf05b4e76   b          https://x\n';

  it('takes a lost control plane out of etcd and of Kubernetes', async () => {
    const { ran } = await play(forget, ['b'], { of: three, states: { b: 'away' }, answers: () => members });
    expect(ran).toEqual([
      'talosctl etcd members',
      'talosctl etcd remove-member d2b9c1cbf05b4e76',
      'kubectl --kubeconfig /kubeconfig --context admin@home_cgn delete node b',
    ]);
  });

  it('does not forget a machine that runs, whose pods may still write', async () => {
    await expect(play(forget, ['b'], { of: three })).rejects.toThrow(
      'node b: has a configuration and runs, so its pods may still write.',
    );
  });
});

describe('import-secrets', () => {
  const secrets = () => join(root, 'secrets.yaml');
  const adopted = () =>
    JSON.parse(readFileSync(join(root, 'terraform/cluster/_adopt.tf.json'), 'utf8')) as object;

  it('imports the secrets, and that the cluster has begun when it has', async () => {
    writeFileSync(secrets(), 'cluster: {}\nsecrets: {}\ntrustdinfo: {}\ncerts: {}\n');
    await play(importSecrets, ['secrets.yaml']);
    expect(adopted()).toMatchObject({
      import: [
        { to: 'talos_machine_secrets.cluster', id: secrets() },
        { to: 'talos_machine_bootstrap.cluster', id: 'running' },
      ],
    });
  });

  it('lets a blank machine begin a cluster with old secrets', async () => {
    writeFileSync(secrets(), 'cluster: {}\nsecrets: {}\ntrustdinfo: {}\ncerts: {}\n');
    await play(importSecrets, ['secrets.yaml'], { states: { [reference.name]: 'blank' } });
    expect(adopted()).toMatchObject({ import: [{ to: 'talos_machine_secrets.cluster' }] });
  });

  it.each([
    ['', 'must have cluster, secrets, trustdinfo, certs.'],
    ['cluster: {}\nsecrets: {}\n', 'must have trustdinfo, certs.'],
    ['a: [', 'must be YAML.'],
  ])('refuses %j', async (content, message) => {
    writeFileSync(secrets(), content);
    await expect(play(importSecrets, ['secrets.yaml'])).rejects.toThrow(message);
    expect(existsSync(join(root, 'terraform/cluster/_adopt.tf.json'))).toBe(false);
  });
});

it('writes the kubeconfig for its owner alone, and not over one that opens other doors', async () => {
  const ours = 'contexts:\n  - name: admin@home_cgn\n';
  const { said } = await play(kubeconfig, [], { answers: () => ours });
  expect(said).toEqual(['/kubeconfig written']);
  expect(readFileSync(join(root, 'kubeconfig'), 'utf8')).toBe(ours);
  writeFileSync(join(root, 'kubeconfig'), 'contexts:\n  - name: work\n');
  await expect(play(kubeconfig, [], { answers: () => ours })).rejects.toThrow(
    'also holds work and must not be replaced',
  );
});

it('says how to bring an image to a machine', async () => {
  const { said } = await play(flash, [reference.name], { dryRun: true });
  expect(said[0]).toContain('/v1.13.9/metal-arm64.raw.xz');
  expect(said).toContain('xz -dc metal-arm64.raw.xz | sudo dd of=/dev/sdX bs=4M conv=fsync status=progress');
  expect(said).toContain(
    '# A blank machine asks for an address by DHCP: let the router give 192.168.107.3 to e4:5f:01:2b:83:69.',
  );
});

// Made for this test alone; good until 2126-10-30.
const certificate =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJkekNDQVIyZ0F3SUJBZ0lVSDNNWk8vMkp4MUREMzlCVjJYSEo1c1B0dkJjd0NnWUlLb1pJemowRUF3SXcKRURFT01Bd0dBMVVFQ2d3RmRHRnNiM013SUJjTk1qWXhNVEl6TURFME1ETTBXaGdQTWpFeU5qRXdNekF3TVRRdwpNelJhTUJBeERqQU1CZ05WQkFvTUJYUmhiRzl6TUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFCklwTVNPYlM4UHJ0Zk1yalltaFRHZFlvVTk4YU0vQW4wdU94YUh5cURONTBaby9LZ09VR3hvbU91Q21qN3NVM3YKYTFwVWdhaUZhNFI5YTRjNHZhcUs3Nk5UTUZFd0hRWURWUjBPQkJZRUZQeXEwNXBZTXZoS3ZhQVVKYXFTdkpiaQoxV0hyTUI4R0ExVWRJd1FZTUJhQUZQeXEwNXBZTXZoS3ZhQVVKYXFTdkpiaTFXSHJNQThHQTFVZEV3RUIvd1FGCk1BTUJBZjh3Q2dZSUtvWkl6ajBFQXdJRFNBQXdSUUlnTmltUlZNbFRmSThEeXN1bThyWmx3RGJRNEVPWStkcmMKdnhnWUs1U3YvaFFDSVFEUDR2ckRUNTd1NzQ5YTJkY1dkOXcvczh2LzFxc0dpNWMrTWNWbHlmQnBldz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K';

it.each([
  ['2026-11-24T00:00:00Z', 0, 'until 2126-10-30'],
  ['2126-10-02T00:00:00Z', 2, '28 days'],
  ['2126-11-02T00:00:00Z', 2, '-3 days'],
])('says on %s how long the certificates are good', async (now, code, told) => {
  writeFileSync(join(root, 'talosconfig'), `contexts:\n  home_cgn:\n    crt: ${certificate}\n`);
  const user = `{ name: admin, user: { client-certificate-data: ${certificate} } }`;
  writeFileSync(join(root, 'kubeconfig'), `users:\n  - ${user}\n`);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
  const result = await play(cert, []);
  clock.mockRestore();
  expect(result.code).toBe(code);
  expect(result.said.slice(0, 2)).toEqual([
    expect.stringContaining(`/talosconfig: home_cgn: `),
    expect.stringContaining(`/kubeconfig: admin: `),
  ]);
  expect(result.said[0]).toContain(told);
});

it('says in one line that talosctl is missing', async () => {
  await expect(realShell(root).run(['talosctl-that-nobody-has'])).rejects.toThrow(
    'talosctl-that-nobody-has: must be installed.',
  );
});

it('has talosctl judge all of a machine but what only Terraform can render, and says so', async () => {
  const body = {
    cluster_name: 'home',
    cluster_endpoint: 'https://192.168.107.3:6443',
    machine_type: 'worker',
    talos_version: 'v1.13',
    kubernetes_version: 'v1.36.3',
    config_patches: ['machine: {}\n', '${jsonencode({ "privateKey" = var.key })}', 'cost: $${5}\n'],
  };
  writeFileSync(
    join(root, 'terraform/cluster/machines.tf.json'),
    JSON.stringify({ data: { talos_machine_configuration: { pi: body } } }),
  );
  const { ran, said } = await play(validate, []);
  expect(said).toEqual(['pi: left out config_patches[1], which only Terraform can render']);
  expect(ran[1]).toMatch(/pi-0\.yaml --config-patch \S+pi-2\.yaml$/);
  expect(ran[2]).toMatch(/^talosctl validate --mode metal --strict --config \S+pi\.yaml$/);
});

it('asks for what is not there yet', async () => {
  await expect(play(validate, [])).rejects.toThrow('machines.tf.json: must exist. Run `npm run generate`.');
  await expect(play(cert, [])).rejects.toThrow(
    'talosconfig: must hold a client certificate. Write it again from the state.',
  );
  rmSync(join(root, 'talosconfig'));
  await expect(play(upgrade, [])).rejects.toThrow(
    'talosconfig: must exist. Run `npm run talos -- talosconfig`',
  );
});
