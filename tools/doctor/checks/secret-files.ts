import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { home } from '@home/home';
import { readRootModule, readStacks, unsafeIn } from '@tools/terraform';
import { accessFiles } from '../access-files';
import { type Check, type Finding, type Patient, brokenBy } from '../finding';

export const secretFiles: Check = {
  title: 'files that hold secrets',
  async look(patient) {
    const files = [resolve(patient.root, '.env'), ...accessFiles(patient)].filter((file) => existsSync(file));
    return [...files.map((file) => permissions(patient.root, file)), ...(await states(patient))];
  },
};

function permissions(root: string, file: string): Finding {
  const what = relative(root, file);
  if ((statSync(file).mode & 0o077) === 0)
    return { what, state: 'fine', detail: 'its owner alone can read it' };
  return {
    what,
    state: 'broken',
    detail: 'holds secrets and must be readable by its owner alone',
    remedy: `Run \`chmod 600 ${what}\`, and rotate what others may have read`,
  };
}

async function states({ root, environment }: Patient): Promise<Finding[]> {
  const { network, domain } = home;
  const homeNetworks = [network.subnets.v4, network.subnets.v6].filter((subnet) => subnet !== undefined);
  const looks = readStacks(root).names.map(async (stack): Promise<Finding[]> => {
    const problems = await unsafeIn({ root, environment, homeNetworks, domain }, readRootModule(root, stack));
    if (problems.length > 0) return problems.map(brokenBy);
    return [{ what: `state of ${stack}`, state: 'fine', detail: 'reaches nobody whom it does not concern' }];
  });
  return (await Promise.all(looks)).flat();
}
