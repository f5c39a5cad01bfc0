import { type OwnedBlock, type Rule, addressOf, resolve } from '@home/terraform';

/** etcd is started once, on a control plane of the home; started twice, there are two clusters. */
export const requireOneBootstrap: Rule = {
  name: 'require-one-bootstrap',
  check(home) {
    const bootstraps = resources(home, 'talos_machine_bootstrap');
    const machines = resources(home, 'talos_machine_configuration_apply').map(nodeOf);
    return [
      ...bootstraps.slice(1).map(({ owner, block }) => ({
        where: `${owner.where}: ${addressOf(block)}`,
        what: `must be the only bootstrap of the home, but there is ${addressOf(bootstraps[0]?.block ?? block)}`,
        remedy: 'Take one of the two out: control planes join the cluster by themselves',
      })),
      ...bootstraps
        .filter((bootstrap) => !machines.includes(nodeOf(bootstrap)))
        .map((bootstrap) => ({
          where: `${bootstrap.owner.where}: ${addressOf(bootstrap.block)}`,
          what: `node ${JSON.stringify(nodeOf(bootstrap))} must be a machine of the home`,
          remedy: 'Bootstrap home.firstControlPlane',
        })),
    ];
  },
};

const resources = (home: readonly OwnedBlock[], type: string): OwnedBlock[] =>
  home.filter(({ block }) => block.kind === 'resource' && block.type === type);

const nodeOf = ({ block }: OwnedBlock): unknown => resolve(block.body['node']);
