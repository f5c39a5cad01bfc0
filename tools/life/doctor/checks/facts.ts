import { checkFacts, facts } from '@home/home';
import { type Check, brokenBy } from '../finding';

export const homeFacts: Check = {
  title: 'facts of the home',
  look() {
    const problems = checkFacts(facts);
    return problems.length > 0
      ? problems.map(brokenBy)
      : [{ what: 'libs/home/facts.ts', state: 'fine', detail: 'holds together' }];
  },
};
