import { type Terminal } from '@home/command';
import { recipeNames } from '@tools/recipes';

/**
 * As Nx reads the command line, and what people answer to questions: nothing is an empty text there. Its schema demands
 * nothing, since Nx would stop at the first mistake; the checks of a new workload tell all.
 */
export interface GivenWorkload {
  readonly name?: string;
  readonly recipe?: string;
  readonly stack: string;
  readonly image?: string;
  readonly port?: number | string;
  readonly host?: string;
  readonly memory: string;
  readonly database?: string;
  readonly files?: string;
  readonly scratch?: string;
  readonly ports?: string;
  readonly login?: boolean | string;
}

/** Asked of a person, in this order, about an app that there is no recipe for. */
const questions = {
  image: 'Which image does it run, with its version? (ghcr.io/usememos/memos:0.24.4)',
  port: 'Which port does it listen on?',
  host: 'What is the first part of its address? (leave it empty for its name)',
  database: 'Where does it keep its SQLite file? (leave it empty if it has none)',
  files: 'Which folders does it keep files in besides? (leave it empty if there are none)',
  scratch: 'Which folders does it write into besides, that may go with its pod? (/tmp /var/cache/app)',
  ports:
    'Which further ports has it, and what are they called? (metrics=9090 dns=53/udp; leave it empty if it has none)',
  login:
    'Are people asked to log in before they reach it? (yes; no if it asks by itself or is for everybody; leave it empty in a home without logins)',
} satisfies Partial<Record<keyof GivenWorkload, string>>;

/**
 * Asks what the command line does not say. Nx would ask each question whatever was answered before, and nobody has to be asked
 * for an image whose recipe names it.
 */
export async function askRest(terminal: Terminal, given: GivenWorkload): Promise<GivenWorkload> {
  const answers: Record<string, string | undefined> = {};
  const ask = async (flag: string, question: string): Promise<void> => {
    answers[flag] = (await terminal.ask(`${question} `))?.trim();
  };
  if (given.recipe === undefined && given.image === undefined)
    await ask('recipe', `Is it one of these? ${recipeNames.join(', ')} (leave it empty if it is none)`);
  if (!given.recipe && !answers['recipe'])
    for (const [flag, question] of Object.entries(questions))
      if (given[flag as keyof typeof questions] === undefined) await ask(flag, question);
  return { ...given, ...answers };
}
