import type { Environment } from '@home/command';
import { type Problem, isPlainObject } from '@home/terraform';
import type { RootModule } from '../root-module';

/**
 * With HCP Terraform the state may live there, but Terraform has to run here: a remote run reaches neither the home's
 * network nor its secrets.
 *
 * https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings#execution-mode
 */
export async function executionMode(
  environment: Environment,
  { stack, backend }: RootModule,
): Promise<Problem[]> {
  if (backend.type !== 'cloud') return [];
  const host = hostOf(backend);
  const variable = `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`;
  const token = environment[variable];
  const where = `${stack}: workspace ${backend.workspaces.name} of ${backend.organization}`;
  if (token === undefined) {
    return [{ where, what: `needs a token in ${variable}`, remedy: `Put ${variable} into .env` }];
  }
  const path = `${encodeURIComponent(backend.organization)}/workspaces/${encodeURIComponent(backend.workspaces.name)}`;
  try {
    const response = await fetch(`https://${host}/api/v2/organizations/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) return []; // The first init makes it; the next run looks again.
    if (!response.ok)
      return [{ where, what: `answers ${response.status}`, remedy: `Check ${variable} in .env` }];
    const mode = modeIn(await response.json());
    if (mode === 'local') return [];
    return [
      {
        where,
        what: `must have the execution mode "local", but has "${mode}"`,
        remedy:
          'Change it in the settings of the workspace: a remote run reaches neither the home nor its secrets',
      },
    ];
  } catch (cause) {
    return [
      {
        where,
        what: `does not answer (${cause instanceof Error ? cause.message : String(cause)})`,
        remedy: 'Nothing was changed. Make it reachable and try again',
      },
    ];
  }
}

function hostOf(backend: object): string {
  const host: unknown = Reflect.get(backend, 'hostname');
  return typeof host === 'string' ? host : 'app.terraform.io';
}

function modeIn(answer: unknown): string {
  const data = isPlainObject(answer) ? answer['data'] : undefined;
  const attributes = isPlainObject(data) ? data['attributes'] : undefined;
  return isPlainObject(attributes) ? String(attributes['execution-mode']) : 'unknown';
}
