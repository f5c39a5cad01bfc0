import { join } from 'node:path';
import { doors, saveAccess } from '@life/machines';
import { readRootModule } from '../root-module';
import type { Session } from '../session';
import { readOutputs } from '../state/read-outputs';

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
    if (saveAccess(file, value, variable)) {
      session.terminal.note(`${stack}: ${output} written to ${file}`);
    }
  }
  return { ...session, environment };
}
