import { rmSync } from 'node:fs';
import { makeTemporaryFolder } from '@home/files';
import { ProblemsError } from '@home/terraform';
import { forEachStack } from './command';
import type { Session } from './session';

const root = makeTemporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

/** A session of which only what is said is looked at. */
function listening(): { readonly session: Session; readonly said: string[] } {
  const said: string[] = [];
  const speak = (line: string): void => void said.push(line);
  const terminal = { say: speak, note: speak, step: () => undefined, status: () => undefined };
  return { session: { root, terminal } as unknown as Session, said };
}

it('looks at stacks at the same time and tells of them in their order', async () => {
  const { session, said } = listening();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const code = await forEachStack(session, 'plan', ['first', 'second'], async ({ terminal }, stack) => {
    terminal.say(`${stack} begins`);
    if (stack === 'first') await ended;
    else end();
    terminal.say(`${stack} ends`);
    return [];
  });
  expect({ code, said }).toEqual({
    code: 0,
    said: ['first begins', 'first ends', 'second begins', 'second ends'],
  });
});

it('goes on past a stack that fails, and tells why in its turn', async () => {
  const { session, said } = listening();
  const code = await forEachStack(
    session,
    'plan',
    ['first', 'second'],
    async ({ terminal }, stack, earlier) => {
      if (stack === 'first')
        throw new ProblemsError([{ where: stack, what: 'does not answer', remedy: 'Mend it' }]);
      await earlier;
      terminal.say(stack);
      return [];
    },
  );
  expect({ code, said }).toEqual({ code: 1, said: ['first: does not answer. Mend it.', 'second'] });
});
