import { type Problem } from '@home/terraform';
import { type Task } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';
import { checkWorkload } from './check-workload';
import { importsOf, provisionsFor } from './provisions';
import { type Imported, type NewWorkload, type Recipe } from './workload-files';

/** What the home says of a new workload. */
export interface Judgement {
  readonly problems: readonly Problem[];
  /** Where it imports from what the home has for it. */
  readonly imported: Imported;
}

const judgeWorkload: Task<NewWorkload | Recipe, Judgement> = (root, workload) => {
  const home = describeHome(root, () => true);
  const provisions = provisionsFor(workload.stack, root, home);
  const problems = checkWorkload(root, home, provisions, workload);
  return {
    // What seems to be missing may be what could not be loaded.
    problems: problems.length > 0 && !home.complete ? [...home.problems, ...problems] : problems,
    imported: importsOf(provisions),
  };
};

export default judgeWorkload;
