import { createRequire } from 'node:module';
import { checkExpressions, checkReferences } from './checks/check-expressions';
import { checkFresh } from './checks/check-fresh';
import { type Task } from './describe/describe-apart';
import { type Description } from './describe/describe-home';
import { describeSteadily } from './describe/describe-steadily';
import { type DescribedFiles } from './described';
import { type PlacedProblem, isStack } from './graph/layout';
import { drawMap } from './graph/draw-map';

/** The rules are two fifths of the code, and what one workload needs none of. */
const load = createRequire(__filename);

/** What is to be described. */
export interface Wanted {
  /** The folders of stacks and workloads; the whole home and its rules when left out. */
  readonly folders?: readonly string[];
}

const describeFiles: Task<Wanted, DescribedFiles> = async (root, { folders }) => {
  const asked = folders && new Set(folders);
  const description = describeSteadily(root, ({ where }) => asked?.has(where) ?? true);
  const isWhole = folders === undefined && description.complete;
  const problems = [...description.problems, ...(isWhole ? await checkWhole(root, description) : [])];
  return {
    places: description.house.places,
    files: description.files.map(({ place, text }) => ({ place, text })),
    problems,
    ...(isWhole && problems.length === 0 && { map: drawMap(description.house) }),
  };
};

/** What only shows when the whole home is seen. */
async function checkWhole(root: string, description: Description): Promise<PlacedProblem[]> {
  const { house, files } = description;
  const stacks = files.map(({ place }) => place).filter(isStack);
  const references = stacks.flatMap(({ stack }) =>
    checkReferences(files.filter(({ place }) => place.stack === stack)),
  );
  // To load the parser takes its time, so it is asked of what would change.
  const changed = new Set(checkFresh(root, { places: house.places, files }).map(({ place }) => place?.where));
  const expressions = await checkExpressions(files.filter(({ place }) => changed.has(place.where)));
  const { checkHouse } = load('./checks/check-house') as typeof import('./checks/check-house');
  return [...checkHouse(description), ...references, ...expressions];
}

export default describeFiles;
