export { type NamedCertificate, certificatesIn, daysLeft, dueWithin } from './commands/cert';
export { kubeconfigFile, talosconfigFile } from './talosctl';
