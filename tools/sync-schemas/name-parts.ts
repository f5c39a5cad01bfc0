import { type Parts, type Place, type WantedBlock, pascalCase } from './find-parts';

/** What the part at a place is called. */
export type PartNames = (part: string, step: string) => string;

/** Parts that share one name: a part, or where its places have nothing in common, those with one block name. */
interface Group {
  readonly part: string;
  readonly places: readonly Place[];
  /** What the name ends in. */
  readonly base: string;
  readonly given: boolean;
}

/** Names that generated types import or that TypeScript knows already. */
const taken = [
  'Dynamic',
  'Many',
  'Single',
  'Value',
  'Array',
  'Date',
  'Error',
  'Function',
  'Map',
  'Object',
  'Set',
];

/**
 * Names the parts by what they are: a name given in the manifest; else their block's name (`container` and
 * `init_container` that are alike → `Container`); where that means several parts, with the name of the part around
 * them in front (`ServiceV1SpecPort`, `ContainerPort`).
 *
 * @param parts every part with its places
 * @param blocks the wanted blocks, whose names no part may have
 * @param given the manifest's names → one place of the part
 * @returns the naming, and names whose place does not exist
 */
export function nameParts(
  parts: Parts,
  blocks: readonly WantedBlock[],
  given: Readonly<Record<string, string>> = {},
): { nameOf: PartNames; unplaced: readonly string[] } {
  const givenNames = new Map(Object.entries(given).map(([name, place]) => [findPart(parts, place), name]));
  const groups = [...parts].flatMap(([part, places]) => group(part, places, givenNames.get(part)));
  const claimed = [...groups.map(({ base }) => base), ...blocks.map(({ name }) => name), ...taken];
  const names = new Map<Group, string>();

  const nameOfGroup = (of: Group): string => {
    const known = names.get(of);
    if (known !== undefined) return known;
    const alone = of.given || claimed.filter((base) => base === of.base).length === 1;
    const name = alone ? of.base : around(shortest(of.places)) + of.base;
    names.set(of, name);
    return name;
  };
  const around = ({ block, steps }: Place): string => {
    const outer = steps.slice(0, -1);
    if (outer.length === 0) return block.name;
    const isOuter = (place: Place): boolean => place.block === block && samePath(place.steps, outer);
    const found = groups.find(({ places }) => places.some(isOuter));
    return found === undefined ? block.name : nameOfGroup(found);
  };

  const bySteps = new Map<string, string>();
  for (const each of groups) {
    for (const place of each.places) bySteps.set(`${lastStep(place)} ${each.part}`, nameOfGroup(each));
  }
  refuseDoubles(groups.map(nameOfGroup));
  return {
    nameOf: (part, step) => bySteps.get(`${step} ${part}`) ?? step,
    unplaced: Object.keys(given).filter((name) => ![...names.values()].includes(name)),
  };
}

function findPart(parts: Parts, wanted: string): string | undefined {
  return [...parts].find(([, places]) => places.some((place) => formatPlace(place) === wanted))?.[0];
}

/** `kubernetes_service_v1.spec.port`, with `data.` or `ephemeral.` in front where it is one. */
export function formatPlace({ block: { kind, type }, steps }: Place): string {
  return [...(kind === 'resource' ? [] : [kind]), type, ...steps].join('.');
}

function group(part: string, places: readonly Place[], given: string | undefined): Group[] {
  if (given !== undefined) return [{ part, places, base: given, given: true }];
  const lastSteps = [...new Set(places.map(lastStep))];
  const shared = sharedEnding(lastSteps);
  if (shared !== '') return [{ part, places, base: pascalCase(shared), given: false }];
  return lastSteps.map((step) => ({
    part,
    places: places.filter((place) => lastStep(place) === step),
    base: pascalCase(step),
    given: false,
  }));
}

const lastStep = ({ steps }: Place): string => steps.at(-1) ?? '';

/** `["liveness_probe", "startup_probe"]` → `probe`; nothing when the last words differ. */
function sharedEnding(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split('_'));
  let count = 0;
  while (count < first.length && others.every((words) => words.at(-1 - count) === first.at(-1 - count)))
    count += 1;
  return count === 0 ? '' : first.slice(-count).join('_');
}

function shortest(places: readonly Place[]): Place {
  const sorted = [...places].sort(
    (a, b) => a.steps.length - b.steps.length || (formatPlace(a) < formatPlace(b) ? -1 : 1),
  );
  const [first] = sorted;
  if (first === undefined) throw new Error('a part stands in at least one place');
  return first;
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

function refuseDoubles(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined)
    throw new Error(`two different parts would both be called ${double}; name one in the manifest`);
}
