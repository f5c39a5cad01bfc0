import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isPlainObject, refuse } from '@home/terraform';
import { parse } from 'yaml';

/** The outputs of the stack `cluster` that open a door, and the variable that says where each is kept. */
export const doors = [
  { output: 'kubeconfig', variable: 'KUBE_CONFIG_PATH' },
  { output: 'talosconfig', variable: 'TALOSCONFIG' },
] as const;

/**
 * Writes a kubeconfig or talosconfig, readable by its owner alone, in one step.
 *
 * @param variable the environment variable that names the file; for the message
 * @returns false when the file holds just that already
 * @throws ProblemsError when a file in that place also opens other doors, such as ~/.kube/config
 */
export function saveAccess(file: string, value: string, variable: string): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === value) return false;
  refuseForeign(file, value, variable);
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, value, { mode: 0o600 });
  renameSync(draft, file);
  return true;
}

function refuseForeign(file: string, value: string, variable: string): void {
  if (!existsSync(file)) return;
  const ours = contextsIn(value);
  const foreign = contextsIn(readFileSync(file, 'utf8')).filter((name) => !ours.includes(name));
  if (foreign.length === 0) return;
  refuse(
    file,
    `also holds ${foreign.join(', ')} and must not be replaced`,
    `Name a file of its own in ${variable}`,
  );
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
