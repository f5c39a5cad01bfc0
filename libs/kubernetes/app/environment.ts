import type { Kubernetes } from '@home/providers';
import { type Block, type Value, isExpression } from '@home/terraform';

/** One key of a Secret, as the value of an environment variable. */
export interface SecretKey {
  readonly secret: Value<string>;
  readonly key: string;
}

/** Environment variables: their names and values, or where a value is kept; `undefined` counts as absent. */
export type Environment = Readonly<Record<string, Value<string> | number | boolean | SecretKey | undefined>>;

/**
 * Points an environment variable at a key of a Secret.
 *
 * @example env: { GOTIFY_DEFAULTUSER_PASS: fromSecret(admin, 'password') }
 */
export const fromSecret = (
  secret: Block<{ metadata: readonly { name?: string }[] }>,
  key: string,
): SecretKey => ({ secret: secret.ref.metadata[0].name, key });

/** The `env` blocks of a container; numbers and booleans become text, as the environment knows nothing else. */
export function environment(variables: Environment): Kubernetes.Env[] {
  return Object.entries(variables).flatMap(([name, value]): Kubernetes.Env[] => {
    if (value === undefined) return [];
    if (isExpression(value)) return [{ name, value }];
    return typeof value === 'object'
      ? [{ name, value_from: { secret_key_ref: { name: value.secret, key: value.key } } }]
      : [{ name, value: String(value) }];
  });
}
