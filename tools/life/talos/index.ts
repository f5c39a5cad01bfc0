export { type NamedCertificate, certificatesIn, daysLeft, dueWithin } from './commands/access';
