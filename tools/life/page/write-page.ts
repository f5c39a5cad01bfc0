import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswers } from '@life/answers';
import { describeApart } from '@tools/nx-home';
import type { DescribedPage } from './describe-page';
import { drawHouse } from './draw-house';
import { type Page, renderPage } from './render-page';

/** Where the page is written; git ignores it. */
export const pageFile = 'home.html';

/**
 * Writes the page of the home: what is described, and what commands found last.
 *
 * @param root the workspace
 * @param precious what must not be destroyed by surprise
 * @throws ProblemsError when the home cannot be described
 */
export async function writePage(root: string, precious: Page['precious']): Promise<void> {
  const task = join(__dirname, 'describe-page.ts');
  const described = await describeApart<undefined, DescribedPage>(root, task, undefined);
  const text = renderPage({
    ...described,
    picture: await drawHouse(described),
    style: readFileSync(join(__dirname, 'page.css'), 'utf8'),
    precious,
    answers: {
      plan: readAnswers(root, 'plan'),
      drift: readAnswers(root, 'drift'),
      doctor: readAnswers(root, 'doctor'),
      drill: readAnswers(root, 'drill'),
    },
    made: new Date(),
  });
  writeFileSync(join(root, pageFile), text);
}
