import { refuse } from '@home/terraform';
import { readRecorded, writeRecorded } from './recorded-secrets';

/**
 * Records that the credential of one purpose is to be made anew, or that one from elsewhere has changed.
 *
 * @param known the purposes that the home has
 * @returns which rotation it is now
 * @throws ProblemsError when the home has no such purpose
 */
export function rotate(workspace: string, purpose: string, known: readonly string[]): number {
  if (!known.includes(purpose)) {
    refuse(
      'npm run secrets -- rotate',
      `"${purpose}" must be a purpose of derive or revision in the home`,
      `Choose one of ${known.join(', ')}`,
    );
  }
  const recorded = readRecorded(workspace);
  const rotation = (recorded.rotations[purpose] ?? 1) + 1;
  writeRecorded(workspace, { ...recorded, rotations: { ...recorded.rotations, [purpose]: rotation } });
  return rotation;
}
