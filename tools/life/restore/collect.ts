import { type Problem, ProblemsError } from '@home/terraform';

/**
 * Takes one of several steps, so that what is wrong with all of them is read at once.
 *
 * @param problems gets what the step refuses
 * @returns what the step gives; nothing when it refused
 * @throws Error for whatever else goes wrong in the step
 */
export function collect<T>(problems: Problem[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
