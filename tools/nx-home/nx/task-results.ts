import { formatProblems } from '@home/terraform';
import { type Complaint } from './check-code';
import { wholeHomeRoot } from './infer-projects';
import { type PlacedProblem, stackPlace } from '../graph/layout';

/** One task of Nx: its id, the root of its project, and those of the projects inside. */
export interface HomeTask {
  readonly id: string;
  readonly root: string;
  readonly inside: readonly string[];
}

/** How one task ended, in the form that Nx expects. */
export interface TaskResult {
  readonly success: boolean;
  readonly status: 'success' | 'failure';
  readonly terminalOutput: string;
  readonly startTime: number;
  readonly endTime: number;
}

/** How a run of several tasks ended. */
export interface Ending {
  readonly startTime: number;
  readonly problems: readonly PlacedProblem[];
  /** Root of a project → what is to be said about its task, which was done. */
  readonly done: ReadonlyMap<string, string>;
}

/**
 * Tells Nx how each task of a run ended, by the task's id. A task that was not done, because of a problem elsewhere,
 * has to fail as well, or Nx would keep the old file as its result. (It ends with exit code 130 for `skipped` ones.)
 */
export function report(
  tasks: readonly HomeTask[],
  { startTime, ...ending }: Ending,
): Record<string, TaskResult> {
  const problems = problemsByTask(tasks, ending.problems);
  return resultsOf(tasks, startTime, ({ id, root }) => {
    const own = problems.get(id);
    const text = own === undefined ? ending.done.get(root) : formatProblems(own);
    if (own === undefined && text !== undefined) return { success: true, text };
    return { success: false, text: `${text ?? notDone}\n` };
  });
}

/** Gives each complaint to the task whose folder its file lies in, the innermost one; one about no file, to all. */
export function reportComplaints(
  tasks: readonly HomeTask[],
  startTime: number,
  complaints: readonly Complaint[],
): Record<string, TaskResult> {
  const inside = (folder: string, file: string) => file.startsWith(`${folder}/`);
  return resultsOf(tasks, startTime, ({ root }) => {
    const deeper = tasks.filter((other) => inside(root, other.root));
    const own = complaints.filter(
      ({ file }) => file === '' || (inside(root, file) && !deeper.some((other) => inside(other.root, file))),
    );
    return { success: own.length === 0, text: own.map(({ text }) => `${text}\n`).join('') };
  });
}

function resultsOf(
  tasks: readonly HomeTask[],
  startTime: number,
  endingOf: (task: HomeTask) => { readonly success: boolean; readonly text: string },
): Record<string, TaskResult> {
  const endTime = Date.now();
  const results = tasks.map((task): [string, TaskResult] => {
    const { success, text } = endingOf(task);
    return [
      task.id,
      { success, status: success ? 'success' : 'failure', terminalOutput: text, startTime, endTime },
    ];
  });
  return Object.fromEntries(results);
}

const notDone = 'Not done, because other tasks of this run failed.';

/**
 * Gives each problem to one task, so that it is printed once: to that of its workload or stack, else to that of the
 * stack around it, else to that of the whole home, else to the first.
 */
function problemsByTask(
  tasks: readonly HomeTask[],
  problems: readonly PlacedProblem[],
): Map<string, PlacedProblem[]> {
  const ids = new Map(tasks.map(({ id, root }) => [root, id]));
  const given = new Map<string, PlacedProblem[]>();
  for (const problem of problems) {
    const { place } = problem;
    const own = place && (ids.get(place.where) ?? ids.get(stackPlace(place.stack).where));
    const id = own ?? ids.get(wholeHomeRoot) ?? tasks[0]?.id ?? '';
    given.set(id, [...(given.get(id) ?? []), problem]);
  }
  return given;
}
