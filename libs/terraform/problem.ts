/** A mistake in the home's description: where it is, what must hold there, and what to do. */
export interface Problem {
  /** A file or folder, and the address and path inside it where there is one. */
  readonly where: string;
  /** What must hold, with the value that breaks it. */
  readonly what: string;
  readonly remedy: string;
}

/** A problem as one line: `where: what. Remedy.` */
export function formatProblem({ where, what, remedy }: Problem): string {
  return `${where}: ${sentence(what)} ${sentence(remedy)}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** All problems as lines, each once, in a stable order. */
export function formatProblems(problems: readonly Problem[]): string {
  return [...new Set(problems.map(formatProblem))].sort().join('\n');
}

/** Mistakes that people can mend; printed without a stack trace. */
export class ProblemsError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    options?: ErrorOptions,
  ) {
    super(formatProblems(problems), options);
    this.name = 'ProblemsError';
  }
}

/**
 * Ends what is being done for one mistake.
 *
 * @param where a file, folder, command or fact; see `Problem`
 * @param what what must hold there, with the value that breaks it
 * @param remedy what to do, without a full stop
 * @throws ProblemsError always
 */
export function refuse(where: string, what: string, remedy: string, options?: ErrorOptions): never {
  throw new ProblemsError([{ where, what, remedy }], options);
}
