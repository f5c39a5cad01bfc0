import { readFileSync } from 'node:fs';
import { ProblemsError } from '@home/terraform';
import { generatedFiles } from './generated-files';
import { readRecorded, writeRecorded } from './recorded-secrets';

/** The purposes that the generated files derive credentials for, in order. */
export function purposesIn(workspace: string): string[] {
  const found = generatedFiles(workspace)
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/var\.home_root_secret}\/([a-z][a-z0-9-]*)\/\d+/g),
    ])
    .map(([, purpose = '']) => purpose);
  return [...new Set(found)].sort();
}

/**
 * Records that the credential of one purpose is to be made anew.
 *
 * @returns which rotation it is now
 * @throws ProblemsError when nothing in the home is derived for that purpose
 */
export function rotate(workspace: string, purpose: string): number {
  const purposes = purposesIn(workspace);
  if (!purposes.includes(purpose)) {
    throw new ProblemsError([
      {
        where: 'npm run secrets -- rotate',
        what: `"${purpose}" must be a purpose that the home derives a credential for`,
        remedy:
          purposes.length === 0 ? 'Run `npm run generate` first' : `Choose one of ${purposes.join(', ')}`,
      },
    ]);
  }
  const recorded = readRecorded(workspace);
  const rotation = (recorded.rotations[purpose] ?? 1) + 1;
  writeRecorded(workspace, { ...recorded, rotations: { ...recorded.rotations, [purpose]: rotation } });
  return rotation;
}
