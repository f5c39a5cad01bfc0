import { type Home, type MachineFacts, addressOf } from '@home/home';
import { type ResourceAttributes, data, resource } from '@home/providers';
import { type Block, type Value, jsonencode } from '@home/terraform';
import { type Deletion, type MachinePatch, machinePatches, patchText } from './machine-patches';

/** What a machine of the home is made with. */
export interface MachineProps {
  readonly home: Home;
  readonly secrets: Block<ResourceAttributes<'talos_machine_secrets'>>;
  /** The images' schematics, which the factory has to know before a machine pulls its installer. */
  readonly schematics: readonly Block[];
  /** Changes that cannot stand in the facts, because they hold a secret: docs/chores/reach-the-home-from-outside.md */
  readonly patches?: readonly SecretPatch[];
}

/** A patch of which Terraform alone knows some of the values. */
export type SecretPatch = WithExpressions<Exclude<MachinePatch, Deletion>>;

type WithExpressions<T> = T extends object
  ? { [Key in keyof T]: Key extends 'kind' | 'apiVersion' ? T[Key] : WithExpressions<T[Key]> }
  : Value<T>;

/** A machine: its configuration, and that the machine has it. */
export interface Machine {
  readonly node: MachineFacts;
  readonly blocks: readonly [
    configuration: Block,
    apply: Block<ResourceAttributes<'talos_machine_configuration_apply'>>,
  ];
}

/**
 * One machine of the home. The first apply reaches a machine in maintenance mode by itself. A configuration of one
 * machine follows from its own facts and the home's, so that editing one node changes nothing for another.
 */
export function machine(
  node: MachineFacts,
  { home, secrets, schematics, patches = [] }: MachineProps,
): Machine {
  const { cluster, versions } = home;
  const configuration = data('talos_machine_configuration', node.name, {
    cluster_name: cluster.name,
    cluster_endpoint: cluster.endpoint,
    machine_type: node.role,
    machine_secrets: secrets.ref.machine_secrets,
    talos_version: versions.talosContract,
    kubernetes_version: versions.kubernetes,
    config_patches: [
      ...machinePatches(node, home).map(patchText),
      // JSON is YAML, too.
      ...patches.map((patch) => jsonencode(patch)),
    ],
    docs: false,
    examples: false,
  });
  const apply = resource('talos_machine_configuration_apply', node.name, {
    client_configuration: secrets.ref.client_configuration,
    machine_configuration_input: configuration.ref.machine_configuration,
    node: addressOf(node),
    // Destroying forgets the machine and leaves its disk alone, unless the node's facts say otherwise.
    on_destroy: { reset: node.resetOnDestroy ?? false, graceful: true, reboot: true },
    depends_on: [...schematics],
  });
  return { node, blocks: [configuration, apply] };
}
