import { checkFacts, facts } from '@home/home';
import { checkHome } from '@tools/nx-home';
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

export const generatedFiles: Check = {
  title: 'generated files',
  look({ root }) {
    const problems = checkHome(root);
    return problems.length > 0
      ? problems.map(brokenBy)
      : [{ what: 'terraform/', state: 'fine', detail: 'is what the home describes' }];
  },
};
