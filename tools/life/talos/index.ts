export { type NamedCertificate, certificatesIn, daysLeft, dueWithin } from './commands/access';
export { kubeconfigFile, talosconfigFile } from './chore';
