import { derive, revision } from '@home/home';
import { resource } from '@home/providers';
import type { Value } from '@home/terraform';

interface DerivedSecretProps {
  readonly namespace: Value<string>;
  /** Under which key the credential stands in it. */
  readonly key: string;
}

/**
 * A Secret with one credential that nobody writes down, for `fromSecret`: docs/decisions/0008-one-root-secret.md.
 *
 * @param name its name, and what the credential is for
 * @throws TypeError when the name is not made of lower-case letters, digits and dashes
 */
export const derivedSecret = (name: string, { namespace, key }: DerivedSecretProps) =>
  resource('kubernetes_secret_v1', name, {
    metadata: { name, namespace },
    data_wo: { [key]: derive(name) },
    data_wo_revision: revision(name),
  });
