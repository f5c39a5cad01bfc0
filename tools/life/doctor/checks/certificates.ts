import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { certificatesIn, daysLeft, dueWithin, kubeconfigFile, talosconfigFile } from '@tools/life/talos';
import { type Check, type Finding, type State } from '../finding';

const renewal = 'Run `npm run deploy -- --until=cluster`, which renews them within their last month';

export const certificates: Check = {
  title: 'certificates',
  look: (patient) =>
    [kubeconfigFile(patient), talosconfigFile(patient)].flatMap((file) =>
      lookAt(file, relative(patient.root, file)),
    ),
};

function lookAt(file: string, what: string): Finding[] {
  if (!existsSync(file)) {
    const remedy = '`npm run deploy` writes it once the cluster is up';
    return [{ what, state: 'unseen', detail: 'is not there', remedy }];
  }
  return certificatesIn(file).map(({ name, certificate }) => {
    const left = daysLeft(certificate, Date.now());
    const state: State = left < 0 ? 'broken' : left < dueWithin ? 'due' : 'fine';
    const detail = left < 0 ? `${name} expired ${-left} days ago` : `${name} is valid for ${left} days`;
    return { what, state, detail, remedy: state === 'fine' ? undefined : renewal };
  });
}
