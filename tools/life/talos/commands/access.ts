import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isPlainObject, refuse } from '@home/terraform';
import { type Door, accessFile, saveAccess } from '@life/machines';
import { parse } from 'yaml';
import { type Chore } from '../chore';

/** Writes one of the stack's sensitive outputs into a file for its owner. */
const accessChore = (door: Door): Chore => ({
  usage: door,
  summary: `writes the ${door} from the state into a git-ignored file`,
  async run(workplace) {
    const file = accessFile(workplace, door);
    // npm run output knows the backend, the encryption and the credentials.
    const value = await workplace.shell.read(['npm', 'run', '-s', 'output', '--', 'cluster', door]);
    if (value === undefined) {
      workplace.say(`would write: ${file} (0600)`);
      return 0;
    }
    if (value.trim() === '')
      refuse('cluster', `has no output "${door}"`, 'Apply it first: `npm run deploy -- --until=cluster`');
    workplace.say((await saveAccess(workplace, value, door)) ? `${file} written` : `${file} is up to date`);
    return 0;
  },
});

export const kubeconfig = accessChore('kubeconfig');
export const talosconfig = accessChore('talosconfig');

/** How many days before its end a certificate is due; the provider renews within the last month too. */
export const dueWithin = 30;

export const cert: Chore = {
  usage: 'cert',
  summary: `says how long client certificates are valid; exit code 2 under ${dueWithin} days`,
  async run(workplace) {
    const files = (['talosconfig', 'kubeconfig'] as const).map((door) => accessFile(workplace, door));
    if (workplace.dryRun) {
      for (const file of files) workplace.say(`would read: ${file}`);
      return 0;
    }
    const days = files.flatMap((file) =>
      certificatesIn(file).map(({ name, certificate }) => {
        const left = daysLeft(certificate, Date.now());
        workplace.say(
          `${file}: ${name}: ${left} days, until ${endOf(certificate).toISOString().slice(0, 10)}`,
        );
        return left;
      }),
    );
    if (days.every((left) => left >= dueWithin)) return 0;
    workplace.say(
      'Renew them: `npm run deploy -- --until=cluster` asks Talos for new ones and writes both files.',
    );
    return 2;
  },
};

const endOf = ({ validTo }: X509Certificate): Date => new Date(validTo);

/** Whole days until a certificate ends; negative once it has. */
export function daysLeft(certificate: X509Certificate, now: number): number {
  return Math.floor((endOf(certificate).getTime() - now) / 86_400_000);
}

/** A client certificate of a talosconfig or kubeconfig. */
export interface NamedCertificate {
  readonly name: string;
  readonly certificate: X509Certificate;
}

/**
 * The client certificates that a talosconfig or kubeconfig holds.
 *
 * @throws ProblemsError when the file is not there, or holds none
 */
export function certificatesIn(file: string): NamedCertificate[] {
  if (!existsSync(file)) refuse(file, 'must exist', 'Run `npm run talos -- talosconfig` and `-- kubeconfig`');
  const certificates = [...encodedCertificates(parse(readFileSync(file, 'utf8')))];
  if (certificates.length === 0)
    refuse(file, 'must hold a client certificate', 'Write it again from the state');
  return certificates.map(({ name, encoded }) => {
    try {
      return { name, certificate: new X509Certificate(Buffer.from(encoded, 'base64')) };
    } catch (cause) {
      refuse(file, `${name} must be a certificate (${String(cause)})`, 'Write it again from the state');
    }
  });
}

/** A talosconfig has a map of contexts, a kubeconfig a list of users. */
function* encodedCertificates(config: unknown): Generator<{ name: string; encoded: string }> {
  if (!isPlainObject(config)) return;
  const { contexts, users } = config;
  for (const [name, context] of isPlainObject(contexts) ? Object.entries(contexts) : []) {
    if (isPlainObject(context) && typeof context['crt'] === 'string') yield { name, encoded: context['crt'] };
  }
  for (const user of Array.isArray(users) ? users.filter(isPlainObject) : []) {
    const encoded: unknown = isPlainObject(user['user'])
      ? user['user']['client-certificate-data']
      : undefined;
    if (typeof encoded === 'string') yield { name: String(user['name']), encoded };
  }
}
