import { type Place, stackPlace, workloadPlace } from '../graph/layout';
import { wholeHomeRoot } from './infer-projects';
import { report } from './task-results';

const feed = workloadPlace('workloads', 'feed');
const workloads = stackPlace('workloads');

/** What each task says of a mistake in `place`, when the tasks have these roots. */
function told(roots: readonly string[], place: Place | undefined): Record<string, string> {
  const problem = { where: 'here', what: 'must hold', remedy: 'Mend it', ...(place && { place }) };
  const tasks = roots.map((root) => ({ id: root, root, inside: [] }));
  const results = report(tasks, { startTime: 0, problems: [problem], done: new Map() });
  return Object.fromEntries(
    Object.entries(results).map(([id, { terminalOutput }]) => [id, terminalOutput.trim()]),
  );
}

const said = 'here: must hold. Mend it.';
const not = 'Not done, because other tasks of this run failed.';

test('a mistake is said once, by the task of its workload, else of its stack, of the whole home or the first', () => {
  expect(told([workloads.where, feed.where, wholeHomeRoot], feed)).toEqual({
    [workloads.where]: not,
    [feed.where]: said,
    [wholeHomeRoot]: not,
  });
  expect(told([wholeHomeRoot, workloads.where], feed)).toEqual({
    [wholeHomeRoot]: not,
    [workloads.where]: said,
  });
  expect(told(['talos', wholeHomeRoot], feed)).toEqual({ talos: not, [wholeHomeRoot]: said });
  expect(told(['talos', 'apps/platform'], undefined)).toEqual({ talos: said, 'apps/platform': not });
});
