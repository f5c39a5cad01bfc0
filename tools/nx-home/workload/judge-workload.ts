import { type Problem } from '@home/terraform';
import { type Task } from '@tools/nx-home';
import { type Import, describeHome } from '@tools/nx-home/describe';
import { checkWorkload } from './check-workload';
import { provisionsFor } from './provisions';
import { type NewWorkload } from './workload-files';

/** What the home says of a new workload. */
export interface Judgement {
  readonly problems: readonly Problem[];
  /** Where its namespace and its replica are imported from. */
  readonly namespace: Import | undefined;
  readonly replica: Import | undefined;
}

const judgeWorkload: Task<NewWorkload, Judgement> = (root, workload) => {
  const home = describeHome(root, () => true);
  const provisions = provisionsFor(workload.stack, root, home);
  return {
    problems: checkWorkload(root, home, provisions, workload),
    namespace: importOf(provisions.namespace),
    replica: importOf(provisions.replica),
  };
};

const importOf = (offer: Import | undefined): Import | undefined =>
  offer && { from: offer.from, name: offer.name };

export default judgeWorkload;
