import { prettify } from '@home/files';
import { type HomeFacts } from '@home/home';
import { isPlainObject, refuse } from '@home/terraform';
import { isDeepStrictEqual } from 'node:util';
import { type Draft } from './draft';

/** What is worth a comment in every home. */
const notes: Readonly<Record<string, string>> = {
  timezone: 'For what people read. Talos itself, and so every CronJob, runs in UTC.',
  replication: 'Take firstDeploy back once the home is up: docs/chores/deploy-an-empty-house.md',
  'nas.files':
    'What apps keep beside their databases. It has to be made there once: docs/chores/keep-files.md',
};

/**
 * Writes facts into their file as a person would: where nothing changed, it stays as it is, with its comments.
 *
 * @param text the file so far
 * @param facts what it is to say
 * @param keepsComments whether a comment stays above what changed: one of another home may be true no longer
 * @throws ProblemsError when the file does not say its facts in one object
 */
export async function rewriteFacts(
  text: string,
  before: HomeFacts,
  facts: HomeFacts,
  keepsComments: boolean,
): Promise<string> {
  const { default: ts } = await import('typescript');
  const source = ts.createSourceFile('facts.ts', text, ts.ScriptTarget.Latest, true);
  const found = source.statements
    .flatMap((statement) =>
      ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
    )
    .find(({ name }) => name.getText() === 'facts')?.initializer;
  if (found === undefined || !ts.isObjectLiteralExpression(found)) {
    const what =
      'must say the facts in one object, `export const facts: HomeFacts = { … }`, to be written anew';
    return refuse('libs/home/facts.ts', what, 'Write them so, or edit the file by hand');
  }
  const body = objectText(found, before as unknown as Draft, facts as unknown as Draft, '');
  const whole = text.slice(0, found.getStart()) + body + text.slice(found.getEnd());
  return prettify(whole);

  function objectText(
    literal: import('typescript').ObjectLiteralExpression,
    was: Draft,
    now: Draft,
    path: string,
  ): string {
    const kept = literal.properties.flatMap((property) => {
      const name = property.name === undefined ? '' : nameOf(property.name.getText());
      if (!Object.hasOwn(now, name)) return [];
      if (isDeepStrictEqual(was[name], now[name])) return [{ name, text: property.getFullText() }];
      const at = path === '' ? name : `${path}.${name}`;
      const above = keepsComments ? leading(property) : lines(leading(property), notes[at]);
      const inside = ts.isPropertyAssignment(property) ? property.initializer : property;
      const [older, newer] = [was[name], now[name]];
      const value =
        ts.isObjectLiteralExpression(inside) && isPlainObject(older) && isPlainObject(newer)
          ? objectText(inside, older as Draft, newer as Draft, at)
          : JSON.stringify(newer);
      return [{ name, text: `${above}${JSON.stringify(name)}: ${value}` }];
    });
    const added = Object.entries(now)
      .filter(([name]) => !kept.some((one) => one.name === name))
      .map(([name, value]) => {
        const note = notes[path === '' ? name : `${path}.${name}`];
        return `${lines('', note)}${JSON.stringify(name)}: ${JSON.stringify(value)}`;
      });
    const last = literal.properties.at(-1)?.getEnd() ?? literal.getStart() + 1;
    const rest = text.slice(last, literal.getEnd() - 1).replace(/^\s*,/, '');
    return `{${[...kept.map((one) => one.text), ...added].join(',')}${rest}}`;
  }

  function leading(node: import('typescript').Node): string {
    return text.slice(node.getFullStart(), node.getStart());
  }
}

/** `'a-b'` → `a-b` */
const nameOf = (written: string): string => written.replace(/^(['"])(.*)\1$/, '$2');

/** The line breaks above something, and a comment. */
const lines = (above: string, note: string | undefined): string => {
  const breaks = /^\s*?\n\s*?\n/.test(above) ? '\n\n' : above.includes('\n') ? '\n' : ' ';
  return note === undefined ? breaks : `${breaks === ' ' ? '\n' : breaks}// ${note}\n`;
};
