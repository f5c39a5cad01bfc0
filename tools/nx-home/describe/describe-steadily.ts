import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { type Place, type PlacedProblem, isStack } from '../graph/layout';
import { type Description, describeHome, renderHome } from './describe-home';
import { inAnotherWorld, sourcesOf } from './watch';

/**
 * Describes as `describeHome` does, and then once more with another clock, other chance and another environment: what
 * then says something else would be stale whenever somebody looks.
 */
export function describeSteadily(root: string, isWanted: (place: Place) => boolean): Description {
  const description = describeHome(root, isWanted);
  if (description.problems.length > 0) return description;
  const changing = checkSteady(root, isWanted, description);
  const known = new Set(changing.map(({ place }) => place));
  const unmovable = checkMovable(root, description).filter(({ place }) => !known.has(place));
  return { ...description, problems: [...changing, ...unmovable] };
}

/** What says where the workspace lies says something else wherever else it lies. */
const checkMovable = (root: string, { files }: Description): PlacedProblem[] =>
  files
    .filter(({ text }) => ['apps', 'libs', 'talos'].some((folder) => text.includes(join(root, folder))))
    .map(({ place }) => unsteady(place, undefined, 'where the workspace lies (__dirname)'));

function checkSteady(
  root: string,
  isWanted: (place: Place) => boolean,
  { house, files }: Description,
): PlacedProblem[] {
  const again = inAnotherWorld(() => {
    forget(root);
    return renderHome(root, house, isWanted, new Set());
  });
  const texts = new Map(again.files.map(({ place, text }) => [place, text]));
  const failed = new Map(again.failures.map((problem) => [problem.place, problem.what]));
  const changed = files
    .filter(({ place, text }) => failed.has(place) || texts.get(place) !== text)
    .map(({ place }) => place);
  // What imports something that changes changes with it, and so may the file of its stack.
  const isCause = (place: Place): boolean =>
    !house.dependencies.some(({ from, to }) => from === place && changed.includes(to)) &&
    !(isStack(place) && changed.some((other) => !isStack(other) && other.stack === place.stack));
  return changed.filter(isCause).map((place) => unsteady(place, failed.get(place)));
}

/** Has the home's own code loaded anew the next time; libraries and packages stay. */
function forget(root: string): void {
  const { cache } = createRequire(join(root, 'package.json'));
  const own = ['apps', 'talos'].map((folder) => join(root, folder) + sep);
  for (const file of Object.keys(cache)) {
    if (own.some((folder) => file.startsWith(folder))) delete cache[file];
  }
}

function unsteady(
  place: Place,
  failure: string | undefined,
  sources = sourcesOf(place).join(', ') ||
    'something that changes, such as the clock, the time zone, chance or the environment',
): PlacedProblem {
  const instead = failure === undefined ? '' : `, and so the second time ${failure}`;
  const what = `must describe the same each time, but depends on ${sources}${instead}`;
  return { place, where: place.file, what, remedy: 'Write the value down in the TypeScript' };
}
