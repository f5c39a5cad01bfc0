import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every generated file of the home: `terraform/<stack>/<workload>.tf.json`. */
export function generatedFiles(workspace: string): string[] {
  const folder = join(workspace, 'terraform');
  const stacks = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return stacks
    .filter((stack) => stack.isDirectory())
    .flatMap((stack) => readdirSync(join(folder, stack.name)).map((file) => join(folder, stack.name, file)))
    .filter((file) => file.endsWith('.tf.json'))
    .sort();
}
