import { type Problem } from '@home/terraform';
import { isStack, projectName, readHouse } from '@tools/nx-home/graph';
import { findRemoval } from '@tools/nx-home/remove';
import { none } from './questions';
import type { Question } from './questions';

/** What a home cannot be without: the machines, and what all apps stand on. */
const needed = ['cluster', 'platform'];

/** The apps that an owner may want or not. */
export const optionalApps = (root: string): string[] =>
  readHouse(root)
    .places.filter((place) => !isStack(place) && !needed.includes(place.stack))
    .map(projectName);

/**
 * Asks which apps stay. That an app stays which needs one that goes is a mistake.
 *
 * @param root the workspace
 * @param isOwn whether these are the owner's own apps already
 */
export function keepQuestion(root: string, apps: readonly string[], isOwn: boolean): Question {
  return {
    id: 'keep',
    path: [],
    asks: `Apps to keep, with commas, all or none; there are ${apps.join(', ')}`,
    suggestion: isOwn ? 'all' : undefined,
    put: (draft) => draft,
    faults: (answer) => keepFaults(root, apps, answer),
  };
}

/** The apps that go. */
export function appsWithout(apps: readonly string[], answer: string): string[] {
  const kept = keptIn(apps, answer);
  return apps.filter((app) => !kept.includes(app));
}

function keptIn(apps: readonly string[], answer: string): readonly string[] {
  if (answer === 'all') return apps;
  return answer === none ? [] : answer.split(/[\s,]+/).filter((name) => name !== '');
}

function keepFaults(root: string, apps: readonly string[], answer: string): Problem[] {
  const where = 'npm run setup -- --keep';
  const unknown = keptIn(apps, answer).filter((name) => !apps.includes(name));
  if (unknown.length > 0 || answer === '') {
    const what = `must name apps of the home${unknown.length > 0 ? `, but it has no ${unknown.join(', ')}` : ''}`;
    return [{ where, what, remedy: `Choose of ${apps.join(', ')}, or say all or none` }];
  }
  const gone = appsWithout(apps, answer);
  if (gone.length === 0) return [];
  return [...findRemoval(readHouse(root), gone).dependents]
    .filter(([place]) => !isStack(place))
    .map(([place, cause]) => ({
      where,
      what: `"${projectName(place)}" needs ${projectName(cause)}, which would go`,
      remedy: `Keep ${projectName(cause)} too, or neither`,
    }));
}
