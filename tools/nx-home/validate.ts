import { checkBlocks, checkHouse } from './checks/check-house';
import { checkExpressions, checkReferences } from './checks/check-expressions';
import { checkFresh } from './checks/check-fresh';
import { type Description, describeHome } from './describe/describe-home';
import { type Place, type PlacedProblem, isStack, stackPlace } from './graph/layout';
import { terraformValidate } from './checks/terraform-validate';

export interface Validation {
  readonly problems: readonly PlacedProblem[];
  /** What was checked: everything that was asked for, but what needs something that has a problem. */
  readonly checked: readonly Place[];
  /** Whether the whole home was checked together, and nothing was found in it. */
  readonly wholeHome: boolean;
  /** Why Terraform was not asked about a stack. */
  readonly skipped: ReadonlyMap<Place, string>;
}

/**
 * Checks parts of the home without writing anything.
 *
 * @param isAsked tells the workloads to check by themselves, and the stacks to check with all their workloads
 * @param wholeHome whether to check as well what only the whole home shows
 */
export async function validate(
  root: string,
  isAsked: (place: Place) => boolean,
  wholeHome: boolean,
): Promise<Validation> {
  const description = describeHome(
    root,
    (place) => wholeHome || isAsked(place) || isAsked(stackPlace(place.stack)),
  );
  const { files, complete } = description;
  const ofHouse = wholeHome && complete ? checkHouse(description) : [];
  const problems = [...description.problems, ...(await checkExpressions(files)), ...ofHouse];
  const skipped = new Map<Place, string>();
  for (const { place } of files.filter(({ place }) => isStack(place) && isAsked(place))) {
    problems.push(...checkStack(root, partOf(description, place.stack)));
    if (problems.some((problem) => problem.place?.stack === place.stack)) continue;
    const verdict = await terraformValidate(root, place.stack);
    if ('skipped' in verdict) skipped.set(place, verdict.skipped);
    else problems.push(...verdict.problems.map((problem) => ({ ...problem, place })));
  }
  const isSound = wholeHome && complete && ofHouse.length === 0;
  return { problems, checked: files.map(({ place }) => place), wholeHome: isSound, skipped };
}

/** What only shows when the files of a stack are seen together, as Terraform sees them. */
function checkStack(root: string, stack: Description): PlacedProblem[] {
  return [...checkBlocks(stack.loaded), ...checkReferences(stack.files), ...checkFresh(root, stack)];
}

/** What a description says about one stack. */
function partOf(description: Description, stack: string): Description {
  return {
    ...description,
    loaded: description.loaded.filter(({ place }) => place.stack === stack),
    files: description.files.filter(({ place }) => place.stack === stack),
  };
}
