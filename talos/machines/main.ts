// Every machine of the home has the configuration that its facts in libs/home/facts.ts ask for.
import { secrets } from '@home/cluster/secrets';
import { home } from '@home/home';
import { imageSchematics, machine } from '@home/talos';

const schematics = imageSchematics(home.machines);

export const machines = home.machines.map((node) => machine(node, { home, secrets, schematics }));

export default [schematics, machines];
