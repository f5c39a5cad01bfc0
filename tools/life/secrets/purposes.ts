import { usedPurposes } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { type Task } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';

/** The purposes of secrets in the home: every workload is loaded, and libs/home notes what it is asked for. */
const purposesOfHome: Task<undefined, readonly string[]> = (root) => {
  const { complete, problems } = describeHome(root, () => true);
  if (!complete) throw new ProblemsError(problems);
  return usedPurposes();
};

export default purposesOfHome;
