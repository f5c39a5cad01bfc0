import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Environment, exposedByGit } from '@home/command';
import { writeSecret } from '@home/files';
import { ProblemsError, isPlainObject, refuse } from '@home/terraform';
import { parse } from 'yaml';

/** The outputs of the stack `cluster` that open a door, and the variable that says where each is kept. */
export const doors = { kubeconfig: 'KUBE_CONFIG_PATH', talosconfig: 'TALOSCONFIG' } as const;

/** The name of such an output. */
export type Door = keyof typeof doors;

/** The root of the repository, and what may say where files lie. */
interface Place {
  readonly root: string;
  readonly environment: Environment;
}

/** Where the file of such an output is: where its variable says, or in the home's folder, where deploy writes it. */
export const accessFile = ({ root, environment }: Place, door: Door): string =>
  resolve(root, environment[doors[door]] || door);

/**
 * Writes a kubeconfig or talosconfig, readable by its owner alone, in one step.
 *
 * @returns false when the file holds just that already, for its owner alone
 * @throws ProblemsError when a file in that place also opens other doors, such as ~/.kube/config, or git would take it up
 */
export async function saveAccess({ root, environment }: Place, value: string, door: Door): Promise<boolean> {
  const file = accessFile({ root, environment }, door);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const ours = contextsIn(value);
  const foreign = contextsIn(present).filter((name) => !ours.includes(name));
  if (foreign.length > 0) {
    const what = `also holds ${foreign.join(', ')} and must not be replaced`;
    const remedy = `Name a file of its own in ${doors[door]}; or, if cluster.name was changed in libs/home/facts.ts, take it back or move the file away`;
    refuse(file, what, remedy);
  }
  const exposed = await exposedByGit(root, file);
  if (exposed.length > 0) throw new ProblemsError(exposed);
  return writeSecret(file, value);
}

/** The contexts of a kubeconfig (a list) or a talosconfig (a map). */
function contextsIn(text: string): string[] {
  try {
    const config: unknown = parse(text);
    const contexts = isPlainObject(config) ? config['contexts'] : undefined;
    if (Array.isArray(contexts)) return contexts.map((one) => String(Object(one).name));
    return isPlainObject(contexts) ? Object.keys(contexts) : [];
  } catch {
    return [];
  }
}
