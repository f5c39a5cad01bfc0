import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { home } from '@home/home';
import { kubeconfigFile, talosconfigFile } from '@tools/life/talos';
import { readRootModule, readableByOthers, unsafeIn } from '@tools/life/terraform';
import { readStacks } from '@tools/nx-home/graph';
import { type Check, type Finding, type Patient, brokenBy } from '../finding';

export const secretFiles: Check = {
  title: 'files that hold secrets',
  async look(patient) {
    const files = [resolve(patient.root, '.env'), kubeconfigFile(patient), talosconfigFile(patient)];
    const present = files.filter((file) => existsSync(file));
    return [...present.flatMap((file) => permissions(patient.root, file)), ...(await states(patient))];
  },
};

function permissions(root: string, file: string): Finding[] {
  const problems = readableByOthers(root, [file]);
  if (problems.length > 0) return problems.map(brokenBy);
  return [{ what: relative(root, file), state: 'fine', detail: 'its owner alone can read it' }];
}

async function states({ root, environment }: Patient): Promise<Finding[]> {
  const { network, domain } = home;
  const homeNetworks = [network.subnets.v4, network.subnets.v6].filter((subnet) => subnet !== undefined);
  const looks = readStacks(root).names.map(async (stack): Promise<Finding[]> => {
    const problems = await unsafeIn({ root, environment, homeNetworks, domain }, readRootModule(root, stack));
    if (problems.length > 0) return problems.map(brokenBy);
    return [{ what: `state of ${stack}`, state: 'fine', detail: 'is readable by its owner alone' }];
  });
  return (await Promise.all(looks)).flat();
}
