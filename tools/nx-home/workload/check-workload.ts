import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { webApp } from '@home/kubernetes';
import { type Place, isStack, isUsableName, projectName, workloadPlace } from '@tools/nx-home';
import { type Description, checkAddition, loadText } from '@tools/nx-home/describe';
import { type Problem, ProblemsError } from '@home/terraform';
import { recipeNames } from '@tools/recipes';
import { type Provisions, checkProvisions, importsOf } from './provisions';
import {
  type NewWorkload,
  type Recipe,
  accessProps,
  filesOnShare,
  isRecipe,
  madeOf,
  verifySchedule,
} from './workload-files';

type Named = Pick<NewWorkload, 'name' | 'stack'>;

/**
 * Says everything that would be wrong with a new workload, by making it beside all others, without writing anything:
 * its name, its stack, and what generate would say of it.
 *
 * @param root the workspace
 * @param home the whole home
 * @param provisions what the home has for an app of this stack
 */
export function checkWorkload(
  root: string,
  home: Description,
  provisions: Provisions,
  workload: NewWorkload | Recipe,
): Problem[] {
  const place = workloadPlace(workload.stack, workload.name);
  const misnamed = checkName(root, home, workload);
  const unstacked = checkStack(home, workload);
  if (isRecipe(workload)) {
    const unknown = checkRecipe(workload);
    const lacking = unstacked.length > 0 || unknown.length > 0 ? [] : checkProvisions(workload, provisions);
    const problems = [...misnamed, ...unstacked, ...unknown, ...lacking];
    return problems.length > 0 ? problems : checkMade(root, home, provisions, place, workload);
  }
  const content =
    misnamed.length > 0
      ? checkContent(home, provisions, place, renamed(workload)).map((problem) => named(problem, workload))
      : checkContent(home, provisions, place, workload);
  return [
    ...misnamed,
    ...(unstacked.length > 0 ? unstacked : checkProvisions(workload, provisions)),
    ...content,
  ];
}

function checkRecipe({ recipe, login = true }: Recipe): Problem[] {
  const unknown = `must be one of the recipes, but is "${recipe}"`;
  const unclear = `must be yes or no, but is "${login}"`;
  return [
    ...(recipeNames.includes(recipe)
      ? []
      : [{ where: '--recipe', what: unknown, remedy: `Use ${recipeNames.join(', ')}` }]),
    ...(typeof login === 'boolean'
      ? []
      : [{ where: '--login', what: unclear, remedy: 'Write yes where Traefik is to ask who is there' }]),
  ];
}

/** What the text of a recipe makes, which is written nowhere yet. */
function checkMade(
  root: string,
  home: Description,
  provisions: Provisions,
  place: Place,
  recipe: Recipe,
): Problem[] {
  const text = madeOf(recipe, importsOf(provisions));
  return checkAddition(home, place, loadText(root, place, text).blocks);
}

function checkName(root: string, { house }: Description, { name, stack }: Named): Problem[] {
  const { where } = workloadPlace(stack, name);
  if (name === '') {
    const what = 'must be followed by the name of the workload';
    return [{ where: 'npx nx g workload', what, remedy: 'Write `npx nx g workload NAME`' }];
  }
  if (!isUsableName(name)) {
    const what = `must have a name of lower-case letters, digits and single dashes that is not reserved, but is called "${name}"`;
    return [{ where, what, remedy: 'Choose another name' }];
  }
  const other = house.places.find((place) => projectName(place) === name);
  const taken = other?.where ?? (existsSync(join(root, where)) ? where : undefined);
  if (taken === undefined) return [];
  const what = `must have a name of its own, but ${taken} already exists`;
  return [{ where, what, remedy: 'Choose another name, or change what is there' }];
}

function checkStack({ house }: Description, { stack }: Named): Problem[] {
  const stacks = house.places.filter((place) => isStack(place) && place.stack !== 'cluster');
  if (stacks.some((place) => place.stack === stack)) return [];
  const what = `must be a stack of the home for apps, but is "${stack}"`;
  return [{ where: '--stack', what, remedy: `Use ${stacks.map((place) => place.stack).join(', ')}` }];
}

/** What is refused outright is reported under its flag and then replaced, so that everything else is reported too. */
function checkContent(
  home: Description,
  provisions: Provisions,
  place: Place,
  workload: NewWorkload,
): Problem[] {
  try {
    return checkAddition(home, place, appOf(workload, provisions).blocks);
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const flags = error.problems.map(({ what }) => flagsOfProps.find((flag) => what.startsWith(flag)));
    const changed = { ...workload };
    for (const flag of flags) if (flag !== undefined) Object.assign(changed, { [flag]: harmless[flag] });
    if (flags.some((flag) => flag === undefined || workload[flag] === changed[flag])) throw error;
    return [
      ...error.problems.map((problem, index) => ({
        ...problem,
        where: flags[index] === 'name' ? place.where : `--${flags[index]}`,
      })),
      ...checkContent(home, provisions, place, changed),
    ];
  }
}

const unnamed = 'a-workload-without-a-name';

/** What nothing is wrong with, for each flag. */
const harmless = {
  name: unnamed,
  image: 'example.org/image:1.0.0',
  ports: {},
  port: 80,
  host: unnamed,
  memory: '1Mi',
  database: undefined,
  files: [],
  scratch: [],
  login: undefined,
} satisfies Partial<NewWorkload>;

const flagsOfProps = Object.keys(harmless) as (keyof typeof harmless)[];

/** With a name that is refused, all its objects would be refused as well. */
const renamed = ({ name, host, ...workload }: NewWorkload): NewWorkload => ({
  ...workload,
  name: unnamed,
  host: host === name ? unnamed : host,
});

/** A message never speaks of a name that nobody gave. */
const named = ({ where, what, remedy }: Problem, { name }: NewWorkload): Problem => ({
  where: where.replaceAll(unnamed, name),
  what: what.replaceAll(unnamed, name),
  remedy,
});

/** What its `main.ts` will make. Where the home lacks something, as much of it as can be checked. */
const appOf = (
  { name, image, port, host, memory, files, scratch, ports, login, database: file }: NewWorkload,
  { apps, replica }: Provisions,
) =>
  webApp(name, {
    namespace: apps?.value ?? 'default',
    image,
    port,
    host,
    memory,
    files: files.length === 0 ? undefined : filesOnShare(name, files),
    scratch,
    ports,
    ...accessProps(login),
    dashboard: { title: name },
    database:
      file === undefined || replica === undefined
        ? undefined
        : { file, replica: replica.value, first: 'new', verify: verifySchedule(name) },
  });
