import { readFileSync } from 'node:fs';
import { isPlainObject } from '@home/terraform';
import { parse, stringify } from 'yaml';

/**
 * Systems to rehearse with instead of stand-ins, as the environment names them. They are filled and emptied: none of
 * them may be the home's own.
 */
export interface RealSystems {
  /** The short names of the providers that are real. */
  readonly providers: readonly string[];
  /** A kubeconfig whose one context has the home's name for it. */
  readonly kubeconfig?: string;
  readonly store?: { readonly endpoint: string; readonly user: string; readonly password: string };
}

/** What REHEARSE_PROVIDERS=real needs to know, for people. */
export const realUsage =
  'REHEARSE_PROVIDERS=real needs REHEARSE_KUBE_CONFIG, the kubeconfig of an empty\n' +
  'throwaway cluster, and REHEARSE_MINIO_ENDPOINT (http://host:port),\n' +
  'REHEARSE_MINIO_USER and REHEARSE_MINIO_PASSWORD of an empty store';

/** Reads the real systems off the environment; undefined when stand-ins are wanted. */
export function realSystems(environment: NodeJS.ProcessEnv, context: string): RealSystems | undefined {
  if (environment['REHEARSE_PROVIDERS'] !== 'real') return undefined;
  const { REHEARSE_KUBE_CONFIG: file, REHEARSE_MINIO_ENDPOINT: endpoint } = environment;
  const [user, password] = [environment['REHEARSE_MINIO_USER'], environment['REHEARSE_MINIO_PASSWORD']];
  const store = endpoint && user && password ? { endpoint, user, password } : undefined;
  return {
    providers: [...(file ? ['kubernetes'] : []), ...(store ? ['minio'] : [])],
    ...(file ? { kubeconfig: renamed(readFileSync(file, 'utf8'), context) } : {}),
    ...(store ? { store } : {}),
  };
}

/** A kubeconfig whose current context has another name and is the only one. */
function renamed(text: string, name: string): string {
  const config: unknown = parse(text);
  const { contexts, 'current-context': current, ...rest } = isPlainObject(config) ? config : {};
  const chosen = (Array.isArray(contexts) ? contexts : []).find((one) => Object(one).name === current);
  return stringify({ ...rest, contexts: [{ ...Object(chosen), name }], 'current-context': name });
}
