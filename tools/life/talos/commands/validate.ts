import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder, writeSecret } from '@home/files';
import { readGeneratedStack } from '@home/generated';
import { refuse } from '@home/terraform';
import { type Chore, type Workplace } from '../chore';

/** What the generated file says of one machine. */
interface Configuration {
  readonly cluster_name: string;
  readonly cluster_endpoint: string;
  readonly machine_type: string;
  readonly talos_version: string;
  readonly kubernetes_version: string;
  readonly config_patches: readonly string[];
}

export const validate: Chore = {
  usage: 'validate',
  summary: "has talosctl check every machine's configuration, with throwaway secrets",
  async run(workplace) {
    await withTemporaryFolder(async (folder) => {
      const secrets = join(folder, 'secrets.yaml');
      const machines = configurations(workplace);
      const [first] = machines;
      if (first === undefined) return;
      const version = ['--talos-version', first.body.talos_version];
      await workplace.shell.run(['talosctl', 'gen', 'secrets', ...version, '-o', secrets]);
      for (const { label, body } of machines) await judge(workplace, label, body, folder, secrets);
    });
    return 0;
  },
};

async function judge(
  { shell, say }: Workplace,
  name: string,
  machine: Configuration,
  folder: string,
  secrets: string,
) {
  const file = join(folder, `${name}.yaml`);
  const patches = machine.config_patches.flatMap((patch, index) => {
    // Its text is not known before Terraform has the secret in it.
    if (/(^|[^$])\$\{/.test(patch)) {
      say(`${name}: left out config_patches[${index}], which only Terraform can render`);
      return [];
    }
    const patchFile = join(folder, `${name}-${index}.yaml`);
    writeSecret(patchFile, patch);
    return ['--config-patch', `@${patchFile}`];
  });
  const { talos_version: talos, kubernetes_version: kubernetes, machine_type: role } = machine;
  const versions = ['--talos-version', talos, '--kubernetes-version', kubernetes.slice(1)];
  const plain = ['--with-docs=false', '--with-examples=false', '--output-types', role, '-o', file];
  const cluster = [machine.cluster_name, machine.cluster_endpoint, '--with-secrets', secrets];
  await shell.run(['talosctl', 'gen', 'config', ...cluster, ...versions, ...plain, ...patches]);
  await shell.run(['talosctl', 'validate', '--mode', 'metal', '--strict', '--config', file]);
}

/** The machines as Terraform will configure them. */
function configurations({ root }: Workplace): { label: string; body: Configuration }[] {
  const folder = join(root, 'terraform');
  const file = join(folder, 'cluster/machines.tf.json');
  if (!existsSync(file)) refuse(file, 'must exist', 'Run `npm run generate`');
  return readGeneratedStack('cluster', folder)
    .filter(({ kind, type }) => kind === 'data' && type === 'talos_machine_configuration')
    .map(({ label, body }) => ({ label, body: body as unknown as Configuration }));
}
