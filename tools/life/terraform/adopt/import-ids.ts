import type { Environment } from '@home/command';
import { isPlainObject } from '@home/terraform';
import { bodyOf } from '../root-module';

/** How an object that runs already is named to `terraform import`. */
type Identifier =
  | { readonly id: string }
  /** There is none; what Terraform will do instead. */
  | { readonly instead: string };

type Values = Readonly<Record<string, unknown>>;

/** Named by a namespace and a name, or by a name alone. */
const kubernetesId = (values: Values): Identifier => {
  const [metadata] = Array.isArray(values['metadata']) ? (values['metadata'] as unknown[]) : [];
  const { namespace, name } = bodyOf(metadata);
  if (typeof name !== 'string') return { instead: 'is recreated: its name is known only once it exists' };
  return { id: typeof namespace === 'string' ? `${namespace}/${name}` : name };
};

const by =
  (...names: string[]) =>
  (values: Values): Identifier => {
    const parts = names.map((name) => values[name]);
    return parts.every((part) => typeof part === 'string' && part !== '')
      ? { id: parts.join('/') }
      : { instead: `is recreated: ${names.join(' and ')} are known only once it exists` };
  };

const instead = (what: string) => (): Identifier => ({ instead: what });

/**
 * The section "Import" of each resource's documentation: hashicorp/kubernetes 3.2, aminueza/minio 3.40,
 * siderolabs/talos 0.11, LukasKnuth/gotify 0.3. Checks of healthchecks.io are found by their name, see `find-checks.ts`.
 */
const identifiers: readonly (readonly [RegExp, (values: Values) => Identifier])[] = [
  [/^kubernetes_manifest$/, instead('is recreated: name it in an import block of your own')],
  [/^kubernetes_/, kubernetesId],
  [/^minio_s3_bucket$/, by('bucket')],
  [
    /^minio_s3_bucket_(versioning|policy|cors|retention|server_side_encryption|tags)$|^minio_ilm_policy$/,
    by('bucket'),
  ],
  [/^minio_iam_(user|policy|group)$/, by('name')],
  [/^minio_iam_user_policy_attachment$/, by('user_name', 'policy_name')],
  [/^minio_(iam_service_account|accesskey)$/, by('access_key')],
  [/^gotify_/, instead('is created beside the old one, which you then remove in Gotify')],
  [
    /^talos_machine_secrets$/,
    instead('is taken over from its secrets.yaml: talos/README.md, import-secrets'),
  ],
  [
    /^talos_machine_configuration_apply$/,
    instead('is applied again; a machine that has it already changes nothing'),
  ],
  [
    /^talos_machine_bootstrap$/,
    instead('is taken over with the secrets; etcd refuses a second bootstrap until the apply gives up'),
  ],
  [
    /^talos_(image_factory_schematic|cluster_kubeconfig)$/,
    instead('is asked for again, which changes nothing'),
  ],
  [/^(random|tls|time)_/, instead('is recreated, and so is everything made from it')],
];

/**
 * The identifier under which an object that runs already is imported.
 *
 * @param values what the plan says it will be
 */
export function identifierOf(type: string, values: unknown): Identifier {
  const found = identifiers.find(([pattern]) => pattern.test(type));
  if (found === undefined) return { instead: 'is recreated: the adoption knows no identifier for it' };
  return found[1](bodyOf(values));
}

/**
 * The identifiers of the checks that the account at healthchecks.io has, by name. The provider imports a check by its
 * UUID, which nobody knows by heart: https://healthchecks.io/docs/api/
 *
 * @returns an empty map where the account cannot be asked
 */
export async function findChecks(environment: Environment): Promise<ReadonlyMap<string, string>> {
  const key = environment['HEALTHCHECKSIO_API_KEY'];
  const base = environment['HEALTHCHECKSIO_API_URL'] ?? 'https://healthchecks.io/api/v1';
  if (!key) return new Map();
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}/checks/`, {
      headers: { 'X-Api-Key': key },
      signal: AbortSignal.timeout(10_000),
    });
    const answer: unknown = response.ok ? await response.json() : undefined;
    const checks = isPlainObject(answer) && Array.isArray(answer['checks']) ? answer['checks'] : [];
    return new Map(checks.flatMap(nameAndId));
  } catch {
    return new Map();
  }
}

/** The UUID is the end of the address that a check is changed at, as the provider reads it too. */
function nameAndId(check: unknown): [string, string][] {
  const { name, update_url: address } = isPlainObject(check)
    ? check
    : { name: undefined, update_url: undefined };
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(String(address)) ?? [];
  return typeof name === 'string' && id !== undefined ? [[name, id]] : [];
}
