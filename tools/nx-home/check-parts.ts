import { home } from '@home/home';
import { checkExpressions, checkReferences } from './checks/check-expressions';
import { checkBlocks, checkHouse } from './checks/check-house';
import { type Task } from './describe/describe-apart';
import { type Description } from './describe/describe-home';
import { describeSteadily } from './describe/describe-steadily';
import { type DescribedFiles } from './described';
import { isStack, stackPlace } from './graph/layout';

/** Which parts of the home are to be checked. */
export interface Parts {
  /** The folders of workloads to check by themselves, and of stacks to check with all their workloads. */
  readonly folders: readonly string[];
  /** Whether to check as well what only the whole home shows. */
  readonly wholeHome: boolean;
}

/** What was found without looking at the generated files. */
export interface CheckedParts extends DescribedFiles {
  /** Whether the whole home was checked together, and nothing was found in it. */
  readonly isSound: boolean;
  /** The home's Terraform. */
  readonly binary: string;
}

const checkParts: Task<Parts, CheckedParts> = async (root, { folders, wholeHome }) => {
  const isAsked = ({ where }: { readonly where: string }): boolean => folders.includes(where);
  const description = describeSteadily(
    root,
    (place) => wholeHome || isAsked(place) || isAsked(stackPlace(place.stack)),
  );
  const { house, files, complete } = description;
  const ofHouse = wholeHome && complete ? checkHouse(description) : [];
  const stacks = files.map(({ place }) => place).filter((place) => isStack(place) && isAsked(place));
  const ofStacks = stacks.flatMap(({ stack }) => checkStack(description, stack));
  return {
    places: house.places,
    files: files.map(({ place, text }) => ({ place, text })),
    problems: [...description.problems, ...(await checkExpressions(files)), ...ofHouse, ...ofStacks],
    isSound: wholeHome && complete && ofHouse.length === 0,
    binary: home.terraform.binary,
  };
};

/** What only shows when the files of a stack are seen together, as Terraform sees them. */
const checkStack = ({ loaded, files }: Description, stack: string) => [
  ...checkBlocks(loaded.filter(({ place }) => place.stack === stack)),
  ...checkReferences(files.filter(({ place }) => place.stack === stack)),
];

export default checkParts;
