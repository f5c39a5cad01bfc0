import { createHash } from 'node:crypto';
import { type Wire, type WireObject, Unknown, hasUnknown, unknown } from './message-pack';

type Derive = (config: WireObject) => Wire;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A text that is the same for the same values, and another one for others. */
export const fingerprint = (...parts: readonly Wire[]) => sha256(JSON.stringify(parts));

/** The machine configuration after the patches: not the one that Talos would make, but another one for every input. */
const patched: Derive = (config) =>
  `${String(config['machine_configuration_input'] ?? config['machine_configuration_input_wo'])}${JSON.stringify(config['config_patches'])}`;

/**
 * Computed attributes that follow from the configuration alone, so that a change of it shows in the plan:
 * type → attribute → how. From github.com/siderolabs/terraform-provider-talos v0.11.0.
 */
const derived: Readonly<Record<string, Readonly<Record<string, Derive>>>> = {
  talos_machine_configuration_apply: {
    // Through a write-only input nothing but the hash may reach the state.
    machine_configuration: (config) =>
      config['machine_configuration_input_wo'] === null ? patched(config) : null,
    machine_configuration_hash: (config) => fingerprint(patched(config)),
    endpoint: (config) => config['node'] ?? null,
  },
  talos_machine_bootstrap: { endpoint: (config) => config['node'] ?? null },
  talos_cluster_kubeconfig: { endpoint: (config) => config['node'] ?? null },
  // The image factory names a schematic by its text.
  talos_image_factory_schematic: {
    id: ({ schematic = null }) => sha256(typeof schematic === 'string' ? schematic : ''),
  },
};

/** The attributes of a resource that follow from its configuration; unknown where that is not known in full yet. */
export function derive(type: string, config: WireObject): WireObject {
  const entries = Object.entries(derived[type] ?? {}).filter(([name]) => (config[name] ?? null) === null);
  return Object.fromEntries(entries.map(([name, how]) => [name, guarded(how, config)]));
}

/** Runs a derivation and notices whether it looked at anything unknown. */
function guarded(how: Derive, config: WireObject): Wire {
  let blind = false;
  const watched = new Proxy(config, {
    get: (target, name) => {
      const value = target[String(name)];
      blind ||= value instanceof Unknown || hasUnknown(value ?? null);
      return value;
    },
  });
  const value = how(watched);
  return blind ? unknown : value;
}
