// Every machine of the home has the configuration that its facts in libs/home/facts.ts ask for.
import { secrets } from '@home/cluster/secrets';
import { home } from '@home/home';
import { imageSchematics, machine } from '@home/talos';

const { nodes } = home.network;
const schematics = imageSchematics(nodes);

export const machines = nodes.map((node) => machine(node, { home, secrets, schematics }));

export default [schematics, machines];
