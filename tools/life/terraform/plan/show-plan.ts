import type { Session } from '../session';
import type { MadePlan } from './make-plan';
import { printPlan } from './print-plan';

/** Prints a plan for people, or for machines as one line of JSON. */
export function showPlan({ terminal }: Session, { summary, farewells }: MadePlan, asJson = false): void {
  if (asJson) terminal.say(JSON.stringify(summary));
  else for (const line of [...printPlan(summary, farewells, terminal.colors), '']) terminal.say(line);
}
