import type { KeptAnswer } from '@life/answers';
import type { Row } from '@tools/nx-home/home';
import type { DescribedPage, Room } from './describe-page';
import { Markup, html } from './markup';

/** Everything that the page shows. */
export interface Page extends DescribedPage {
  /** The picture of the house, as SVG. */
  readonly picture: string;
  readonly style: string;
  /** Stack → the addresses that must not be destroyed by accident. */
  readonly precious: Readonly<Record<string, readonly string[]>>;
  /** What each command found last. */
  readonly answers: Readonly<Record<'plan' | 'drift' | 'doctor' | 'drill', readonly KeptAnswer[]>>;
  readonly made: Date;
}

/** The page as one HTML file that asks for no other and runs no script. */
export function renderPage(page: Page): string {
  const { name, domain, rows, rooms, answers, precious } = page;
  const time = timeIn(page.timezone);
  const certificates = answers.doctor.filter(({ part }) => part === 'certificates');
  const stacks = [...new Set(rows.map(({ stack }) => stack))];
  const body = html`<header>
      <h1>${name}</h1>
      <p class="quiet">${domain}, as it was described on ${time(page.made)}</p>
    </header>
    ${section('The house', html`<div class="picture">${new Markup(page.picture)}</div>`)}
    ${section('Memory', html`<div class="cards">${rooms.map(roomCard)}</div>`)}
    ${section(
      'Workloads',
      html`<div class="cards">${rows.map((row) => workloadCard(row, answers, time))}</div>`,
    )}
    ${section(
      'Certificates',
      answerList(certificates, time, 'Nothing is known of them yet: npm run doctor looks.'),
    )}
    ${section(
      'Precious',
      html`<p class="quiet">What no plan destroys unless its owner names it.</p>
        ${Object.entries(precious).map(([stack, addresses]) => fold(stack, addresses))}`,
    )}
    ${section(
      'What Terraform said last',
      html`${stacks.map(
        (stack) =>
          html`<h3>${stack}</h3>
            ${stackAnswer(answers, 'plan', stack, time)}${stackAnswer(answers, 'drift', stack, time)}`,
      )}`,
    )}
    ${section(
      'What the doctor said last',
      answerList(
        answers.doctor.filter(({ part }) => part !== 'certificates'),
        time,
        'Nothing yet: npm run doctor looks.',
      ),
    )}`;
  // Whatever came into the file all the same: a browser asks for nothing and runs nothing.
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <title>${name}</title>
        <style>
          ${new Markup(page.style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text;
}

type Time = (when: Date | string) => string;

/** A day and a time of day as the home's clocks show it. */
function timeIn(timeZone: string): Time {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
  return (when) => format.format(new Date(when));
}

const section = (title: string, content: Markup): Markup =>
  html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;

const fold = (title: string, lines: readonly string[]): Markup =>
  html`<details>
    <summary>${title} (${lines.length})</summary>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </details>`;

const roomCard = ({ nodes, there, asked, left, percent }: Room): Markup =>
  html`<article>
    <h3>${nodes.join(', ')}</h3>
    <div class="bar" role="img" aria-label="${percent} % asked for">
      <div style="width: ${percent}%"></div>
    </div>
    <p>${asked} of ${there} asked for, ${left} left</p>
    ${nodes.length > 1 ? html`<p class="quiet">what runs on any of these, and on no other</p>` : undefined}
  </article>`;

function workloadCard(row: Row, { doctor, drill }: Page['answers'], time: Time): Markup {
  // One of several databases is called by its replica's path.
  const paths = row.replicas.map((replica) => replica.replace(/^.*s3:\/\/[^/]*\//, ''));
  const isOfReplica = ({ about }: KeptAnswer): boolean =>
    [row.workload, ...paths].some((name) => about === `replica of ${name}`);
  const known = [...doctor, ...drill].filter(isOfReplica);
  const parts: readonly (readonly [string, readonly (string | Markup)[]])[] = [
    ['Address', row.addresses.map((address) => html`<a href="${address}">${address}</a>`)],
    ['Memory', row.memory === '' ? [] : [row.memory]],
    ['Image', row.images],
    ['Needs', row.dependsOn.length === 0 ? [] : [row.dependsOn.join(', ')]],
    ['Keeps files in', row.files],
    ['Database', row.databases],
    ['Replica', row.replicas],
    ['Runs by schedule', row.jobs],
    ['Last known', known.map(({ said, at }) => `${said} (on ${time(at)})`)],
  ];
  return html`<article>
    <h3>${row.workload}</h3>
    <p class="quiet">${row.stack}</p>
    <dl>
      ${parts
        .filter(([, values]) => values.length > 0)
        .map(
          ([term, values]) =>
            html`<dt>${term}</dt>
              ${values.map((value) => html`<dd>${value}</dd>`)}`,
        )}
    </dl>
  </article>`;
}

function stackAnswer(answers: Page['answers'], command: 'plan' | 'drift', stack: string, time: Time): Markup {
  const answer = answers[command].find(({ about }) => about === stack);
  if (answer === undefined) return html`<p class="quiet">${command}: nothing yet</p>`;
  const title = html`${command}: ${answer.said} <span class="quiet">(on ${time(answer.at)})</span>`;
  if (answer.lines === undefined || answer.lines.length === 0) return html`<p>${title}</p>`;
  return html`<details>
    <summary>${title}</summary>
    <pre>${answer.lines.join('\n')}</pre>
  </details>`;
}

function answerList(answers: readonly KeptAnswer[], time: Time, nothing: string): Markup {
  const [first] = answers;
  if (first === undefined) return html`<p class="quiet">${nothing}</p>`;
  return html`<p class="quiet">on ${time(first.at)}</p>
    <ul>
      ${answers.map(
        ({ about, state, said }) => html`<li class="${state}">${about}${said === '' ? '' : `: ${said}`}</li>`,
      )}
    </ul>`;
}
