import { join } from 'node:path';
import { type Problem, removeGenerated, writeFiles } from '@home/terraform';
import { checkFresh } from './checks/check-fresh';
import { checkHouse } from './checks/check-house';
import { type Description, describeHome } from './describe/describe-home';
import { type Place, type PlacedProblem, generatedFile, generatedFolder, isStack } from './graph/layout';
import { orphansOf } from './graph/house';

/** What became of one file. */
export interface Change {
  readonly place: Place;
  /** Its path in the workspace. */
  readonly file: string;
  readonly change: 'written' | 'unchanged' | 'removed';
}

/** What a run did. With problems it did nothing, and tells only of files that are as they should be anyway. */
export interface Generation {
  readonly problems: readonly PlacedProblem[];
  readonly changes: readonly Change[];
}

/** Generates the whole home, all of it or nothing, after everything that can be checked without Terraform. */
export function generateHome(root: string): Generation {
  const description = describeHome(root, () => true);
  const problems = problemsOfHome(description);
  return problems.length === 0 ? write(root, description) : refuse(root, description, problems);
}

/** Generates some stacks and workloads, all of them or none. Each is checked by itself. */
export function generateSome(root: string, isWanted: (place: Place) => boolean): Generation {
  const description = describeHome(root, isWanted);
  const { problems } = description;
  return problems.length === 0 ? write(root, description) : refuse(root, description, problems);
}

/** Says what is wrong with the home, and which generated files are not what it describes. Writes nothing. */
export function checkHome(root: string): readonly Problem[] {
  const description = describeHome(root, () => true);
  const problems = problemsOfHome(description);
  return problems.length > 0 ? problems : checkFresh(root, description);
}

function problemsOfHome(description: Description): readonly PlacedProblem[] {
  return description.complete ? [...description.problems, ...checkHouse(description)] : description.problems;
}

function write(root: string, { house, files }: Description): Generation {
  const folder = join(root, generatedFolder);
  const texts = files.map(({ place, text }) => [belowFolder(generatedFile(place)), text] as const);
  const written = new Set(writeFiles(folder, new Map(texts)));
  const changes = files.map(({ place }): Change => {
    const file = generatedFile(place);
    return { place, file, change: written.has(belowFolder(file)) ? 'written' : 'unchanged' };
  });
  const stacks = files.map(({ place }) => place).filter(isStack);
  const removed = stacks.flatMap((place) =>
    orphansOf(root, place.stack, house.places).map((file): Change => ({ place, file, change: 'removed' })),
  );
  removeGenerated(
    folder,
    removed.map(({ file }) => belowFolder(file)),
  );
  return { problems: [], changes: [...changes, ...removed] };
}

/** Leaves everything as it is, and counts what is neither affected by a problem nor stale as done. */
function refuse(root: string, description: Description, problems: readonly PlacedProblem[]): Generation {
  const affected = new Set([...problems, ...checkFresh(root, description)].map(({ place }) => place));
  const others = description.files.map(({ place }) => place).filter((place) => !affected.has(place));
  return {
    problems,
    changes: others.map((place) => ({ place, file: generatedFile(place), change: 'unchanged' })),
  };
}

/** The writer refuses to leave this folder. */
const belowFolder = (file: string): string => file.slice(generatedFolder.length + 1);
