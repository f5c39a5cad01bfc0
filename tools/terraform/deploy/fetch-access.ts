import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ProblemsError, isPlainObject } from '@home/terraform';
import { readRootModule } from '../root-module';
import type { Session } from '../session';
import { readOutputs } from '../state/read-outputs';

/** The outputs that open a door, and where each belongs. */
const doors = [
  { output: 'kubeconfig', variable: 'KUBE_CONFIG_PATH' },
  { output: 'talosconfig', variable: 'TALOSCONFIG' },
] as const;

/**
 * Writes the kubeconfig and the talosconfig of the stack that makes them, where it makes them, readable by their owner
 * alone; no other stack reads these outputs, since a remote state would copy them.
 *
 * @returns a session whose environment names the files
 * @throws ProblemsError when a file in that place holds the access to something else
 */
export async function fetchAccess(session: Session, stack: string): Promise<Session> {
  const module = readRootModule(session.root, stack);
  if (!doors.some(({ output }) => module.workloadOf(`output.${output}`) !== undefined)) return session;
  const outputs = await readOutputs(session, stack);
  let environment = session.environment;
  for (const { output, variable } of doors) {
    const value = outputs[output]?.value;
    if (typeof value !== 'string') continue;
    const file = session.environment[variable] ?? join(session.root, output);
    environment = { ...environment, [variable]: file };
    if (existsSync(file) && readFileSync(file, 'utf8') === value) continue;
    refuseForeign(file, value, variable);
    const draft = `${file}.${process.pid}.draft`;
    writeFileSync(draft, value, { mode: 0o600 });
    renameSync(draft, file);
    session.terminal.note(`${stack}: ${output} written to ${file}`);
  }
  return { ...session, environment };
}

/** A file that also opens other doors, such as ~/.kube/config, is not ours to replace. */
function refuseForeign(file: string, value: string, variable: string): void {
  if (!existsSync(file)) return;
  const ours = contextsIn(value);
  const foreign = contextsIn(readFileSync(file, 'utf8')).filter((name) => !ours.includes(name));
  if (foreign.length === 0) return;
  throw new ProblemsError([
    {
      where: file,
      what: `also holds ${foreign.join(', ')} and must not be replaced`,
      remedy: `Name a file of its own in ${variable}`,
    },
  ]);
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
