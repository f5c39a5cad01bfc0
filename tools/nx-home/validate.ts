import { join } from 'node:path';
import { type CheckedParts, type Parts } from './check-parts';
import { checkFresh } from './checks/check-fresh';
import { terraformValidate } from './checks/terraform-validate';
import { describeApartOr } from './describe/describe-apart';
import { type Place, type PlacedProblem, isStack } from './graph/layout';

export interface Validation {
  readonly problems: readonly PlacedProblem[];
  /** What was checked: everything that was asked for, but what needs something that has a problem. */
  readonly checked: readonly Place[];
  /** Whether the whole home was checked together, and nothing was found in it. */
  readonly wholeHome: boolean;
  /** Why Terraform was not asked about a stack. */
  readonly skipped: ReadonlyMap<Place, string>;
}

/** Checks parts of the home without writing anything. */
export async function validate(root: string, parts: Parts): Promise<Validation> {
  const { places, files, isSound, binary, ...found } = await describeApartOr<Parts, CheckedParts>(
    root,
    join(__dirname, 'check-parts.ts'),
    parts,
    { places: [], files: [], isSound: false, binary: '' },
  );
  const problems = [...found.problems];
  const skipped = new Map<Place, string>();
  const stacks = files.map(({ place }) => place).filter(isStack);
  for (const place of stacks.filter(({ where }) => parts.folders.includes(where))) {
    const own = files.filter((file) => file.place.stack === place.stack);
    problems.push(...checkFresh(root, { places, files: own }));
    if (problems.some((problem) => problem.place?.stack === place.stack)) continue;
    const verdict = await terraformValidate(root, place.stack, binary);
    if ('skipped' in verdict) skipped.set(place, verdict.skipped);
    else problems.push(...verdict.problems.map((problem) => ({ ...problem, place })));
  }
  return { problems, checked: files.map(({ place }) => place), wholeHome: isSound, skipped };
}
