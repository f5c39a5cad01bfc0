import { isPlainObject } from '@home/terraform';
import type { Environment } from '../environment';

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

/** The UUID is the end of the address that a check is changed at, as the provider reads it, too. */
function nameAndId(check: unknown): [string, string][] {
  const { name, update_url: address } = isPlainObject(check)
    ? check
    : { name: undefined, update_url: undefined };
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(String(address)) ?? [];
  return typeof name === 'string' && id !== undefined ? [[name, id]] : [];
}
