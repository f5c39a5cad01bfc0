// Every machine of the home has the configuration that its facts in libs/home/facts.ts ask for.
import { secrets } from '@home/cluster/secrets';
import { home } from '@home/home';
import { imageSchematic, machine } from '@home/talos';

const { nodes } = home.network;
const schematics = [...new Set(nodes.map(({ hardware }) => hardware))].map(imageSchematic);

export const machines = nodes.map((node) => machine(node, { home, secrets, schematics }));

export default [schematics, machines];
