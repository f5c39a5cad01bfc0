import { resource } from '@home/providers';
import type { Block, Blocks, Value } from '@home/terraform';
import type { Labels } from './labels';

/** What an account may do: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export interface AccessRule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** An account for pods that talk to the Kubernetes API. */
export interface ServiceAccount {
  readonly name: Block<{ metadata: readonly { name?: string }[] }>['ref']['metadata'][0]['name'];
  readonly blocks: Blocks;
}

/**
 * A ServiceAccount with a ClusterRole of its own.
 *
 * @param name the name of all three objects
 */
export function serviceAccount(
  name: string,
  props: {
    readonly namespace: Value<string>;
    readonly labels: Labels;
    readonly rules: readonly AccessRule[];
  },
): ServiceAccount {
  const { namespace, labels } = props;
  const account = resource('kubernetes_service_account_v1', name, {
    metadata: { name, namespace, labels },
    automount_service_account_token: false,
  });
  const role = resource('kubernetes_cluster_role_v1', name, {
    metadata: { name, labels },
    rule: props.rules.map(({ groups, resources, verbs }) => ({ api_groups: groups, resources, verbs })),
  });
  const binding = resource('kubernetes_cluster_role_binding_v1', name, {
    metadata: { name, labels },
    role_ref: {
      api_group: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role.ref.metadata[0].name,
    },
    subject: [{ kind: 'ServiceAccount', name: account.ref.metadata[0].name, namespace }],
  });
  return { name: account.ref.metadata[0].name, blocks: [account, role, binding] };
}
