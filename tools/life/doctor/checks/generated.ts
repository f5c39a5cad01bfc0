import { checkHome } from '@tools/nx-home';
import { type Check, brokenBy } from '../finding';

export const generatedFiles: Check = {
  title: 'generated files',
  look({ root }) {
    const problems = checkHome(root);
    return problems.length > 0
      ? problems.map(brokenBy)
      : [{ what: 'terraform/', state: 'fine', detail: 'is what the home describes' }];
  },
};
