import { type HomeFacts, type PathedProblem, checkFacts } from '@home/home';
import { type Problem, formatPath, formatProblem } from '@home/terraform';
import { type Draft } from './draft';
import { type Question } from './questions';

/** Where answers come from. */
export interface Answers {
  /** Those that were given with the command. */
  readonly given: ReadonlyMap<string, string>;
  /** Who is asked for the others; left out where nobody is there. */
  readonly person?: Person;
}

/** Somebody at a terminal. */
export interface Person {
  ask(question: Question): Promise<string>;
  /** Hears what is wrong with an answer, and is asked for another one. */
  correct(faults: readonly Problem[]): void;
}

/** Something wrong with an answer, and the path of the fact where it is one. */
type Fault = Problem & Partial<PathedProblem>;

/** What came of all questions. */
export interface Answered {
  readonly facts: HomeFacts;
  /** By the ids of their questions. */
  readonly answers: ReadonlyMap<string, string>;
  /** What is wrong; with a person nothing is. */
  readonly problems: readonly Problem[];
}

/**
 * Gets an answer to each question, and holds it to what must hold for the facts as soon as it is there. A person is asked
 * again until it holds; where nobody is, all mistakes are collected.
 *
 * @param start the facts before
 * @param questionsOf the questions for the facts so far
 * @returns the facts with all answers
 */
export async function answerAll(
  start: Draft,
  questionsOf: (draft: Draft) => readonly Question[],
  { given, person }: Answers,
): Promise<Answered> {
  const open = new Map(given);
  const answered = new Map<string, Question>();
  const unanswered = new Set<string>();
  const problems = new Map<string, Problem>();
  let draft = start;
  for (;;) {
    const next = questionsOf(draft).find(({ id }) => !answered.has(id) && !unanswered.has(id));
    if (next === undefined) {
      const left = checkFacts(draft as unknown as HomeFacts);
      if (person === undefined || left.length === 0) return end(problems.size > 0 ? [] : left);
      person.correct(left);
      if (!askAgain(left)) return end(left);
      continue;
    }
    const answer = open.get(next.id) ?? (person === undefined ? next.suggestion : await person.ask(next));
    if (answer === undefined) {
      unanswered.add(next.id);
      note(missing(next));
      continue;
    }
    answered.set(next.id, next);
    open.set(next.id, answer);
    const changed = next.put(draft, answer);
    const faults = next.faults?.(answer) ?? faultsIn(changed, [...answered.values()]);
    if (person === undefined || faults.length === 0) {
      draft = changed;
      for (const fault of faults) note({ ...fault, where: flagOf(blamedFor(fault) ?? next) });
    } else {
      person.correct(faults);
      const isOwn = next.faults !== undefined || faults.some((fault) => blamedFor(fault) === next);
      if (!isOwn) askAgain(faults);
      answered.delete(next.id);
      open.delete(next.id);
    }
  }

  function end(left: readonly Problem[]): Answered {
    for (const problem of left) note(problem);
    return { facts: draft as unknown as HomeFacts, answers: open, problems: [...problems.values()] };
  }

  /** A fault may lie in an answer before; of machines that are counted again, all is asked again. */
  function askAgain(faults: readonly Fault[]): boolean {
    const blamed = faults.flatMap((fault) => blamedFor(fault) ?? []);
    const isCounted = blamed.some(({ isWhole }) => isWhole);
    for (const id of [...answered.keys()]) {
      if (!blamed.some((one) => one.id === id) && !(isCounted && id.startsWith('node.'))) continue;
      answered.delete(id);
      open.delete(id);
    }
    return blamed.length > 0;
  }

  /** The answer that a fault is said of, or one in it, or one that it is in. */
  function blamedFor(fault: Fault): Question | undefined {
    const all = [...answered.values()];
    return (
      all.find(({ path }) => formatPath(path) === fault.path) ?? all.findLast((one) => concerns(fault, one))
    );
  }

  /** The first to say it says where. */
  function note(problem: Problem): void {
    const key = `${problem.what} ${problem.remedy}`;
    if (!problems.has(key)) problems.set(key, problem);
  }
}

/** What is wrong with the facts that were asked for so far. Those that are still to come are not missed. */
function faultsIn(draft: Draft, answered: readonly Question[]): PathedProblem[] {
  const found = checkFacts(draft as unknown as HomeFacts);
  const own = found.filter(
    (problem) =>
      answered.some((question) => concerns(problem, question)) &&
      !(isMissing(problem) && !answered.some(({ path }) => formatPath(path) === problem.path)),
  );
  return [...new Map(own.map((problem) => [formatProblem(problem), problem])).values()];
}

const isMissing = ({ what }: Problem): boolean => what.endsWith(' must be there');

/** Tells whether a problem is with a fact, with something in it, or with what it is in. */
function concerns({ path: at }: Fault, { path, isWhole }: Question): boolean {
  const wanted = formatPath(path);
  if (at === undefined) return false;
  return at === wanted || (isWhole !== true && (isInside(at, wanted) || isInside(wanted, at)));
}

const isInside = (path: string, whole: string): boolean =>
  path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);

const missing = (question: Question): Problem => ({
  where: flagOf(question),
  what: `must be given, since nobody is there to be asked: ${question.asks}`,
  remedy: 'Add it, or run it at a terminal',
});

/** How an answer is given with the command: `--domain`, `--node name=…`. */
function flagOf({ id }: Question): string {
  const [, index, key] = /^node\.(\d+)\.(.+)$/.exec(id) ?? [];
  if (id === 'machines') return 'npm run setup -- --node';
  return key === undefined
    ? `npm run setup -- --${id}`
    : `npm run setup -- --node ${key}=… (of machine ${Number(index) + 1})`;
}
