import type { Backend } from '@home/terraform';
import type { Diagnostic } from './run-terraform';

/** Where a diagnostic arose. */
interface Circumstances {
  readonly stack: string;
  readonly address: string | undefined;
  readonly backend: Backend;
  readonly again: string;
}

/** A better sentence than Terraform's own, or only what to do about it. */
interface Advice {
  readonly what?: string;
  readonly remedy: string;
}

type Advise = (circumstances: Circumstances, found: readonly string[]) => Advice;

const heldBy = (run: string, id: string | undefined, { stack, again }: Circumstances): Advice => ({
  what: `another run holds the state${run}`,
  remedy: `Wait for it and run \`${again}\`. If it died, \`npm run state -- unlock ${stack} ${id}\``,
});

/** Who may not use the store has another line of .env to fill in than who may not use a provider. */
const unauthorized =
  (variables: string): Advise =>
  ({ address, again }) => ({
    remedy: `${address === undefined ? `Put ${variables} into .env` : 'Check the credentials in .env'} and run \`${again}\``,
  });

/** What Terraform says → what it means here, the first that fits. */
const known: readonly (readonly [RegExp, Advise])[] = [
  [
    /Failed to persist state to backend/,
    ({ stack }) => ({
      what: `what was made could not be written to the state, and is in terraform/${stack}/errored.tfstate`,
      remedy: `Free some space, or make the state's store reachable; then \`npm run state -- recover ${stack}\``,
    }),
  ],
  [
    /no space left on device|disk quota exceeded/i,
    ({ again }) => ({
      what: 'the disk is full',
      remedy: `Free some space and run \`${again}\`; nothing that was made is lost`,
    }),
  ],
  [
    /decryption failed|message authentication failed|encountered (un)?encrypted payload|key_provider/i,
    () => ({
      what: 'the state cannot be decrypted; nothing was changed',
      remedy: 'Load the passphrase that the state was encrypted with (HOME_STATE_PASSPHRASE in .env)',
    }),
  ],
  [
    /state file could not be parsed|Unsupported state file format|does not have a "version" attribute|state data in S3 does not have the expected content|unsupported checksum/i,
    ({ stack, backend }) => ({
      what: 'the state is damaged, or is not a state at all; nothing was changed',
      remedy:
        backend.type === 'local'
          ? `\`npm run state -- backups ${stack}\` lists the backups, \`npm run state -- restore ${stack} FILE\` puts one back`
          : 'Restore it with the versions that its store keeps',
    }),
  ],
  // The http backend tells its own name instead of the other one's.
  [/HTTP remote state already locked: ID=([\w-]+)/, (here, [, id]) => heldBy('', id, here)],
  [
    /Error acquiring the state lock[\s\S]*Lock Info:\s+ID:\s+(\S+)[\s\S]*?Operation:\s+(\S*)[\s\S]*?Who:\s+(\S+)[\s\S]*?Created:\s+([\d-]+ [\d:]+)/,
    (here, [, id, operation = '', who, created]) => {
      const run = operation.replace('OperationType', '').toLowerCase() || 'a run';
      return heldBy(`: ${run} by ${who} since ${created} UTC`, id, here);
    },
  ],
  [
    /No valid credential sources found|InvalidAccessKeyId|SignatureDoesNotMatch|403 Forbidden.*S3|AccessDenied/i,
    unauthorized("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the state's bucket"),
  ],
  [/Required token could not be found|unauthorized/i, unauthorized('TF_TOKEN_app_terraform_io')],
  [
    /password authentication failed|pq: .*(role|database) ".*" does not exist/i,
    ({ again }) => ({ remedy: `Correct PG_CONN_STR in .env and run \`${again}\`` }),
  ],
  [
    /Backend configuration changed|Backend configuration block has changed|Backend initialization required/,
    ({ stack }) => ({
      what: 'the state is not where the generated files say',
      remedy: `\`npm run state -- move ${stack}\` moves it there and verifies it`,
    }),
  ],
  [
    /Saved plan is stale/,
    ({ stack }) => ({
      what: 'the state was changed after the plan was made',
      remedy: `Make a new one: \`npm run plan -- ${stack}\``,
    }),
  ],
  [
    /Unable to find remote state|No stored state was found/,
    () => ({
      what: 'a stack that it reads was never applied',
      remedy: 'Run `npm run deploy`, which keeps the order',
    }),
  ],
  [
    /Error while installing (\S+ \S+): [\s\S]*doesn't match any of the checksums/i,
    ({ stack }, [, provider]) => ({
      what: `the package of ${provider} matches no checksum in .terraform.lock.hcl`,
      remedy: `If the lock file was made for other platforms, \`terraform -chdir=terraform/${stack} providers lock\` adds this one; otherwise find out who changed the package`,
    }),
  ],
  [
    /locked provider \S+ \S+ does not match|Inconsistent dependency lock file|Provider dependency changes detected/,
    ({ stack }) => ({
      what: 'its .terraform.lock.hcl does not match the providers and versions in the generated files',
      remedy: `Run \`npm run init -- ${stack} --upgrade\`, read what changes in it, and commit it`,
    }),
  ],
  [
    /Failed to query available provider packages|Failed to install provider|could not connect to registry/i,
    () => ({ remedy: 'Connect to the network once, or name a mirror in the Terraform CLI configuration' }),
  ],
  [
    /already exists|AlreadyExists|BucketAlreadyOwnedByYou/,
    ({ stack, again }) => ({
      remedy: `If it belongs to this home, \`npm run adopt -- ${stack}\` takes it over; then run \`${again}\``,
    }),
  ],
  [
    /(?:dial|read) (?:tcp|udp|unix) [^"]*?(?:connection refused|no such host|i\/o timeout|no route to host|network is unreachable|connection reset by peer)|connection refused|context deadline exceeded|Client\.Timeout exceeded|connection reset|broken pipe|TLS handshake timeout|\bEOF\b/i,
    ({ address = '', backend, again }, [said = '']) => {
      // The port at this end is another one for each object, and the trouble is the same.
      const found = said.replace(/^read tcp \S+->/, 'read tcp ');
      if (address === '' && backend.type !== 'local') {
        return {
          what: `the state's store (${storeOf(backend)}) does not answer (${found})`,
          remedy: `Nothing was changed. Make it reachable and run \`${again}\``,
        };
      }
      const [, provider = ''] = /^(?:data\.|ephemeral\.)?([a-z0-9]+)_/.exec(address) ?? [];
      return {
        what: `${peers[provider] ?? 'the other end'} does not answer (${found})`,
        remedy: `Make it reachable and run \`${again}\`; it continues where it stopped`,
      };
    },
  ],
];

const peers: Readonly<Record<string, string>> = {
  kubernetes: 'the Kubernetes API (KUBE_CONFIG_PATH names its file)',
  talos: 'the node',
  minio: 'the store (nas.s3.endpoint in libs/home/facts.ts)',
  gotify: 'Gotify',
  healthchecksio: 'healthchecks.io',
  onepassword: '1Password',
};

/** The advice for a diagnostic that is known. */
export function remedyFor({ summary, detail }: Diagnostic, circumstances: Circumstances): Advice | undefined {
  const text = `${summary}\n${detail}`;
  for (const [pattern, advise] of known) {
    const found = pattern.exec(text);
    if (found !== null) return advise(circumstances, found);
  }
  return undefined;
}

/** Where a state lives, for people. */
export function storeOf(backend: Backend): string {
  switch (backend.type) {
    case 'local':
      return backend.path.replace(/^(\.\.\/)+/, '');
    case 's3':
      return `${backend.key} in bucket ${backend.bucket} at ${backend.endpoints?.s3 ?? 'AWS'}`;
    case 'pg':
      return `schema ${backend.schema_name} in the database of PG_CONN_STR`;
    case 'http':
      return backend.address;
    case 'cloud':
      return `workspace ${backend.workspaces.name} of ${backend.organization}`;
  }
}
