import { type ExecutorContext, type TaskGraph } from '@nx/devkit';
import { generateSome } from '../generate';
import {
  type CheckCode,
  ownPaths,
  lint as lintCode,
  test as testCode,
  types as compileCode,
} from './check-code';
import { wholeHomeRoot } from './infer-projects';
import { type HomeTask, type TaskResult, report, reportComplaints } from './task-results';
import { validate as validateParts } from '../validate';

type RunTasks = (tasks: readonly HomeTask[], root: string) => Promise<Record<string, TaskResult>>;

/** Generates all stacks and workloads of a run in one process: all of them, or none when one has a problem. */
export const generateBatch = batch(generateTasks);
export const generate = alone(generateTasks);

/** Validates everything of a run in one process. */
export const validateBatch = batch(validateTasks);
export const validate = alone(validateTasks);

/** Lint, types and tests: each starts its tool once for all projects of a run. */
export const lintBatch = batch(checkTasks(lintCode));
export const lint = alone(checkTasks(lintCode));
export const typesBatch = batch(checkTasks(compileCode));
export const types = alone(checkTasks(compileCode));
export const testBatch = batch(checkTasks(testCode));
export const test = alone(checkTasks(testCode));

/** Results go to Nx one by one, since it prints nothing of those that it gets all at once. */
function batch(run: RunTasks) {
  return async function* (
    { tasks }: TaskGraph,
    _options: unknown,
    _overrides: unknown,
    context: ExecutorContext,
  ) {
    const homeTasks = Object.values(tasks).map(({ id, target }) => homeTask(id, target.project, context));
    const results = await run(homeTasks, context.root);
    for (const [task, result] of Object.entries(results)) yield { task, result };
  };
}

/** For `--batch=false`, with which Nx starts a process for each task. */
function alone(run: RunTasks) {
  return async (_options: unknown, context: ExecutorContext) => {
    const task = homeTask('task', context.projectName ?? '', context);
    const { [task.id]: result } = await run([task], context.root);
    if (result?.terminalOutput) console.log(result.terminalOutput);
    return { success: result?.success ?? false };
  };
}

function homeTask(id: string, project: string, { projectsConfigurations }: ExecutorContext): HomeTask {
  const { projects } = projectsConfigurations;
  const root = projects[project]?.root ?? '';
  const folder = `${root}/`;
  const inside = Object.values(projects).flatMap((other) =>
    other.root.startsWith(folder) ? other.root : [],
  );
  return { id, root, inside };
}

async function generateTasks(tasks: readonly HomeTask[], root: string): Promise<Record<string, TaskResult>> {
  const startTime = Date.now();
  const { problems, changes } = await generateSome(
    root,
    tasks.map((task) => task.root),
  );
  const done = new Map<string, string>();
  for (const { place, file, change } of changes) {
    done.set(place.where, `${done.get(place.where) ?? ''}${file} ${change}\n`);
  }
  return report(tasks, { startTime, problems, done });
}

async function validateTasks(tasks: readonly HomeTask[], root: string): Promise<Record<string, TaskResult>> {
  const startTime = Date.now();
  const folders = tasks.map((task) => task.root);
  const validation = await validateParts(root, { folders, wholeHome: folders.includes(wholeHomeRoot) });
  const done = new Map(validation.checked.map(({ where }) => [where, '']));
  if (validation.wholeHome) done.set(wholeHomeRoot, '');
  for (const [{ where }, why] of validation.skipped) {
    // Nx hides what successful tasks print.
    console.warn(`${where}: SKIPPED terraform validate, since ${why}.`);
  }
  return report(tasks, { startTime, problems: validation.problems, done });
}

function checkTasks(check: CheckCode): RunTasks {
  return async (tasks, root) => {
    const startTime = Date.now();
    const paths = tasks.flatMap((task) => ownPaths(root, task.root, task.inside));
    return reportComplaints(tasks, startTime, await check(root, paths));
  };
}
