import { join } from 'node:path';
import { type Problem, removeGenerated, writeFiles } from '@home/terraform';
import { checkFresh } from './checks/check-fresh';
import { checkHouse } from './checks/check-house';
import { type Description, describeHome } from './describe/describe-home';
import { type Place, type PlacedProblem, generatedFile, generatedFolder, isStack } from './graph/layout';
import { orphansOf } from './graph/orphans';

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
  return write(root, description, problemsOfHome(description));
}

/** Generates some stacks and workloads, all of them or none. Each is checked by itself. */
export function generateSome(root: string, isWanted: (place: Place) => boolean): Generation {
  const description = describeHome(root, isWanted);
  return write(root, description, description.problems);
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

function write(root: string, description: Description, problems: readonly PlacedProblem[]): Generation {
  const { house, files } = description;
  if (problems.length > 0) {
    const affected = new Set([...problems, ...checkFresh(root, description)].map(({ place }) => place));
    const others = files.filter(({ place }) => !affected.has(place));
    return { problems, changes: others.map(({ place }) => changeOf(place, 'unchanged')) };
  }
  const folder = join(root, generatedFolder);
  const texts = new Map(files.map(({ place, text }) => [belowFolder(generatedFile(place)), text]));
  const written = new Set(writeFiles(folder, texts));
  const changes = files.map(({ place }) =>
    changeOf(place, written.has(belowFolder(generatedFile(place))) ? 'written' : 'unchanged'),
  );
  const orphans = files.flatMap(({ place }) => (isStack(place) ? removeOrphans(place) : []));
  return { problems, changes: [...changes, ...orphans] };

  function removeOrphans(place: Place): Change[] {
    const files = orphansOf(root, place.stack, house.places);
    removeGenerated(folder, files.map(belowFolder));
    return files.map((file) => ({ place, file, change: 'removed' }));
  }
}

const changeOf = (place: Place, change: Change['change']): Change => ({
  place,
  file: generatedFile(place),
  change,
});

/** The writer refuses to leave this folder. */
const belowFolder = (file: string): string => file.slice(generatedFolder.length + 1);
