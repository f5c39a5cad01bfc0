import { isRootOfHome } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { readRootModule, requireCredentials } from '@tools/life/terraform';
import { readStacks } from '@tools/nx-home/graph';
import { type Check, type Finding, type Patient, brokenBy } from '../finding';

const rootVariable = 'TF_VAR_home_root_secret';

export const credentials: Check = {
  title: 'credentials',
  look: (patient) => [...root(patient), ...ofStacks(patient)],
};

/** What the stacks need says whether it is missing. */
function root({ environment }: Patient): Finding[] {
  const secret = environment[rootVariable];
  if (!secret) return [];
  if (isRootOfHome(secret)) {
    return [
      {
        what: rootVariable,
        state: 'fine',
        detail: 'matches the fingerprint in libs/home/secrets.json',
      },
    ];
  }
  return [
    {
      what: rootVariable,
      state: 'broken',
      detail: 'does not match the fingerprint in libs/home/secrets.json',
      remedy:
        'Load the .env that belongs to this home, or make a root of your own with `npm run secrets -- new`',
    },
  ];
}

/** One line for what several stacks miss. */
function ofStacks({ root, environment }: Patient): Finding[] {
  const findings = readStacks(root).names.flatMap((stack) => ofStack(root, stack, environment));
  return [...new Set(findings.map(({ detail }) => detail))].flatMap((detail) => {
    const [first, ...others] = findings.filter((finding) => finding.detail === detail);
    return first === undefined
      ? []
      : [{ ...first, what: [first, ...others].map(({ what }) => what).join(', ') }];
  });
}

function ofStack(root: string, stack: string, environment: Patient['environment']): Finding[] {
  try {
    requireCredentials(environment, readRootModule(root, stack));
    return [{ what: stack, state: 'fine', detail: 'finds what it needs in the environment' }];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(brokenBy);
    throw error;
  }
}
