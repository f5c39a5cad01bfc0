/** Why values of a type stand in a state, for the types that the home uses. */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^talos_machine_secrets$/,
    'the identity of the cluster has to outlive every machine, and nothing but this state keeps it',
  ],
  [
    /^talos_(machine_configuration|machine_configuration_apply)$/,
    'a machine is configured with the cluster’s secrets, which this state holds anyway',
  ],
  [
    /^talos_(machine_bootstrap|cluster_kubeconfig|client_configuration)$/,
    'whoever talks to a machine needs a key that the cluster’s secrets sign, and this state holds those anyway',
  ],
  [/^gotify_/, 'Gotify makes the token itself, and its provider keeps what it reads'],
  [/^output$/, 'its owner fetches it from the state into a file; no other stack reads it'],
];

/** Why a sensitive value of this type reaches a state. */
export function reasonFor(type: string): string {
  return (
    reasons.find(([pattern]) => pattern.test(type))?.[1] ??
    'nobody has said why: look for a write-only argument, derive the value, or say why in tools/life/secrets/reasons.ts'
  );
}
