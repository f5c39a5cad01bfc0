import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rules, webApp } from '@home/kubernetes';
import {
  type Description,
  describeHome,
  isStack,
  isUsableName,
  projectName,
  workloadPlace,
} from '@tools/nx-home';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';
import { checkFile } from '@home/providers';
import { Home, type OwnedBlock, type Problem, ProblemsError, formatProblem, render } from '@home/terraform';
import { type NewWorkload, verifySchedule } from './new-workload';

/**
 * Says what would be wrong with a new workload, by making it beside all others, without writing anything: its name,
 * its stack, the providers' schemas and every rule of the home.
 *
 * @param root the workspace
 */
export function checkWorkload(root: string, workload: NewWorkload): Problem[] {
  const home = describeHome(root, () => true);
  const misplaced = [...checkName(root, home, workload), ...checkStack(home, workload)];
  return misplaced.length > 0 ? misplaced : checkContent(home, workload);
}

function checkName(root: string, { house }: Description, { name, stack }: NewWorkload): Problem[] {
  const { where } = workloadPlace(stack, name);
  if (!isUsableName(name)) {
    const what = `must have a name of lower-case letters, digits and single dashes that means nothing else, but is called "${name}"`;
    return [{ where, what, remedy: 'Choose another name' }];
  }
  const other = house.places.find((place) => projectName(place) === name);
  const taken = other?.where ?? (existsSync(join(root, where)) ? where : undefined);
  if (taken === undefined) return [];
  const what = `must have a name of its own, but ${taken} is there already`;
  return [{ where, what, remedy: 'Choose another name, or change what is there' }];
}

function checkStack({ house }: Description, { stack }: NewWorkload): Problem[] {
  const stacks = house.places.filter((place) => isStack(place) && place.stack !== 'cluster');
  if (stacks.some((place) => place.stack === stack)) return [];
  const what = `must be a stack of the home for apps, but is "${stack}"`;
  return [{ where: '--stack', what, remedy: `Use ${stacks.map((place) => place.stack).join(', ')}` }];
}

function checkContent({ owned }: Description, workload: NewWorkload): Problem[] {
  const owner = workloadPlace(workload.stack, workload.name);
  let blocks;
  try {
    ({ blocks } = appOf(workload));
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return [...error.problems];
  }
  const all: OwnedBlock[] = [...owned, ...blocks.map((block) => ({ owner, block }))];
  const { json, problems } = render(blocks, owner, new Home(all));
  return [
    ...checkPort(workload),
    ...problems,
    ...checkFile(json, owner.where),
    ...brokenRules(all, new Set(brokenRules(owned).map(formatProblem))),
  ];
}

/** Kubernetes says so, and no schema does. */
function checkPort({ port }: NewWorkload): Problem[] {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return [];
  return [
    {
      where: '--port',
      what: `must be a number from 1 to 65535, but is ${port}`,
      remedy: 'See what the image exposes',
    },
  ];
}

/** What the rules say, but for what they said before. */
const brokenRules = (home: readonly OwnedBlock[], before: ReadonlySet<string> = new Set()): Problem[] =>
  rules.flatMap((rule) => rule.check(home)).filter((problem) => !before.has(formatProblem(problem)));

/** What its `main.ts` will make. */
const appOf = ({ name, image, port, host, memory, database: file }: NewWorkload) =>
  webApp(name, {
    namespace: apps,
    image,
    port,
    host,
    memory,
    dashboard: { title: name },
    database: file === undefined ? undefined : { file, replica, first: 'new', verify: verifySchedule(name) },
  });
