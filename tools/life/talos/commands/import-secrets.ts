import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { isPlainObject, refuse } from '@home/terraform';
import { bootstrap } from '@life/machines';
import { readAdoption, writeAdoption } from '@tools/life/terraform';
import { parse } from 'yaml';
import { type Chore, type Workplace, controlPlanes, stateInWords } from '../chore';

export const importSecrets: Chore = {
  usage: 'import-secrets FILE',
  summary: "lets a running cluster's secrets.yaml become the state's secrets",
  async run(workplace, { names }) {
    const [given] = names;
    if (given === undefined) {
      refuse(
        'npm run talos -- import-secrets',
        'needs a file',
        'Name the secrets.yaml that `talosctl gen secrets` made',
      );
    }
    const file = isAbsolute(given) ? given : resolve(workplace.root, given);
    requireSecrets(file);
    const folder = join(workplace.root, 'terraform/cluster');
    if (readAdoption({ folder }) !== undefined) {
      refuse('terraform/cluster/_adopt.tf.json', 'already exists', 'Apply it, or delete it, first');
    }
    // The provider takes the path of the file as the identifier.
    const imports = new Map([['talos_machine_secrets.cluster', file]]);
    if (await clusterRuns(workplace)) imports.set(bootstrap, 'running');
    for (const [to, id] of imports)
      workplace.say(`${workplace.dryRun ? 'would import' : 'imports'} ${to} from ${id}`);
    if (workplace.dryRun) return 0;
    writeAdoption({ folder }, { imports, switches: [] });
    workplace.say(
      'Next: `npm run plan -- cluster`, `npm run apply -- cluster`. Then keep the file safe, or destroy it.',
    );
    return 0;
  },
};

/** An etcd that runs already must not be bootstrapped: the apply would wait for it in vain. */
async function clusterRuns(workplace: Workplace): Promise<boolean> {
  const [first] = controlPlanes(workplace);
  if (workplace.dryRun || first === undefined) return true;
  const state = await workplace.probe(first);
  workplace.say(`${first.name} ${stateInWords[state]}`);
  if (state !== 'away') return state === 'configured';
  refuse(
    `node ${first.name}`,
    `${stateInWords.away}, so the cluster may or may not be running already`,
    'Bring it up, and run the command again',
  );
}

/** @throws ProblemsError when the file is not what `talosctl gen secrets` writes */
function requireSecrets(file: string): void {
  if (!existsSync(file)) refuse(file, 'must exist', 'Name the secrets.yaml of the running cluster');
  const remedy =
    'Name a file that `talosctl gen secrets` made; `--from-controlplane-config` gets one from a configuration';
  let secrets: unknown;
  try {
    secrets = parse(readFileSync(file, 'utf8'));
  } catch {
    refuse(file, 'must be YAML', remedy);
  }
  const missing = ['cluster', 'secrets', 'trustdinfo', 'certs'].filter(
    (part) => !isPlainObject(secrets) || !isPlainObject(secrets[part]),
  );
  if (missing.length > 0) refuse(file, `must have ${missing.join(', ')}`, remedy);
}
