import { type Problem, ProblemsError } from '@home/terraform';
import colors from 'picocolors';
import { grouped } from '@tools/life/terraform';

/**
 * How something is: `due` works, and needs attention some day; `unseen` could not be looked at, which is nobody's
 * fault on a laptop that is not at home.
 */
export type State = 'fine' | 'broken' | 'due' | 'unseen';

/** One line of the doctor. */
export interface Finding {
  readonly what: string;
  readonly state: State;
  /** What was found, or why nothing was. Never a secret. */
  readonly detail?: string;
  /** What to do, for everything that is not fine. */
  readonly remedy?: string;
}

/** Where the doctor looks. */
export interface Patient {
  /** The root of the repository. */
  readonly root: string;
  /** This process' own environment, and the git-ignored `.env` where it says nothing. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Things that are looked at together. */
export interface Check {
  readonly title: string;
  look(patient: Patient): Finding[] | Promise<Finding[]>;
}

/** A problem as a finding. */
const brokenBy = ({ where, what, remedy }: Problem): Finding => ({
  what: where,
  state: 'broken',
  detail: what,
  remedy,
});

/** Problems as findings; without any of them one that is fine. */
export const fineUnless = (problems: readonly Problem[], what: string, detail: string): Finding[] =>
  problems.length > 0 ? problems.map(brokenBy) : [{ what, state: 'fine', detail }];

/** One finding for all of which the same was found. */
export function together(findings: readonly Finding[]): Finding[] {
  return [...grouped(findings, ({ detail = '' }) => detail).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, what: [first, ...others].map(({ what }) => what).join(', ') },
  );
}

/** Looks, and makes findings of problems. */
export async function examine({ title, look }: Check, patient: Patient): Promise<Finding[]> {
  try {
    return await look(patient);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(brokenBy);
    const detail = error instanceof Error ? error.message : String(error);
    return [
      { what: title, state: 'broken', detail, remedy: 'This is a fault of the doctor itself: report it' },
    ];
  }
}

const marks: Readonly<Record<State, string>> = {
  fine: colors.green('✓'),
  broken: colors.red('✗'),
  due: colors.yellow('!'),
  unseen: colors.dim('?'),
};

/** One finding as a line: a mark, what it is about, what was found, what to do. */
export function formatFinding({ what, state, detail, remedy }: Finding): string {
  const said = detail === undefined ? what : `${what}: ${detail}`;
  return `${marks[state]} ${said}${remedy === undefined ? '' : colors.dim(` → ${remedy}`)}`;
}

/** The last line: `31 fine, 1 broken, 3 due, 4 not seen`. */
export function formatSummary(findings: readonly Finding[]): string {
  const words: Readonly<Record<State, string>> = {
    fine: 'fine',
    broken: 'broken',
    due: 'due',
    unseen: 'not seen',
  };
  return Object.entries(words)
    .map(([state, word]) => `${findings.filter((finding) => finding.state === state).length} ${word}`)
    .join(', ');
}
