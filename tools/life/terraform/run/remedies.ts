import type { Backend } from '@home/terraform';
import type { Diagnostic } from './run-terraform';

/** Where a diagnostic arose. */
export interface Circumstances {
  readonly stack: string;
  readonly address: string | undefined;
  readonly backend: Backend;
  readonly again: string;
}

/** A better sentence than Terraform's own, or only what to do about it. */
export interface Advice {
  readonly what?: string;
  readonly remedy: string;
}

interface Known {
  readonly pattern: RegExp;
  advise(found: RegExpExecArray, circumstances: Circumstances): Advice;
}

/** What Terraform says → what it means here, the first that fits. */
const known: readonly Known[] = [
  {
    pattern: /Failed to persist state to backend/,
    advise: (_, { stack }) => ({
      what: `what was made could not be written to the state, and is in terraform/${stack}/errored.tfstate`,
      remedy: `Free some space, or make the state's store reachable; then \`npm run state -- recover ${stack}\``,
    }),
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    advise: (_, { again }) => ({
      what: 'the disk is full',
      remedy: `Free some space and run \`${again}\`; nothing that was made is lost`,
    }),
  },
  {
    pattern:
      /decryption failed|message authentication failed|encountered (un)?encrypted payload|key_provider/i,
    advise: () => ({
      what: 'the state cannot be decrypted; nothing was changed',
      remedy: 'Load the passphrase that the state was encrypted with (HOME_STATE_PASSPHRASE in .env)',
    }),
  },
  {
    pattern:
      /state file could not be parsed|Unsupported state file format|does not have a "version" attribute|state data in S3 does not have the expected content|unsupported checksum/i,
    advise: (_, { stack, backend }) => ({
      what: 'the state is damaged, or is not a state at all; nothing was changed',
      remedy:
        backend.type === 'local'
          ? `\`npm run state -- backups ${stack}\` lists the backups, \`npm run state -- restore ${stack} FILE\` puts one back`
          : 'Restore it with the versions that its store keeps',
    }),
  },
  {
    // The http backend tells its own name instead of the other one's.
    pattern: /HTTP remote state already locked: ID=([\w-]+)/,
    advise: ([, id], { stack, again }) => ({
      what: 'another run holds the state',
      remedy: `Wait for it and run \`${again}\`. If it died, \`npm run state -- unlock ${stack} ${id}\``,
    }),
  },
  {
    pattern:
      /Error acquiring the state lock[\s\S]*Lock Info:\s+ID:\s+(\S+)[\s\S]*?Operation:\s+(\S*)[\s\S]*?Who:\s+(\S+)[\s\S]*?Created:\s+([\d-]+ [\d:]+)/,
    advise: ([, id, operation, who, created], { stack, again }) => ({
      what: `another run holds the state: ${(operation ?? '').replace('OperationType', '').toLowerCase() || 'a run'} by ${who} since ${created} UTC`,
      remedy: `Wait for it and run \`${again}\`. If it died, \`npm run state -- unlock ${stack} ${id}\``,
    }),
  },
  {
    pattern:
      /No valid credential sources found|InvalidAccessKeyId|SignatureDoesNotMatch|403 Forbidden.*S3|AccessDenied/i,
    advise: (_, { address, again }) => ({
      remedy:
        address === undefined
          ? `Put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the state's bucket into .env and run \`${again}\``
          : `Check the credentials in .env and run \`${again}\``,
    }),
  },
  {
    pattern: /Required token could not be found|unauthorized/i,
    advise: (_, { address, again }) => ({
      remedy:
        address === undefined
          ? `Put TF_TOKEN_app_terraform_io into .env and run \`${again}\``
          : `Check the credentials in .env and run \`${again}\``,
    }),
  },
  {
    pattern: /password authentication failed|pq: .*(role|database) ".*" does not exist/i,
    advise: (_, { again }) => ({ remedy: `Correct PG_CONN_STR in .env and run \`${again}\`` }),
  },
  {
    pattern:
      /Backend configuration changed|Backend configuration block has changed|Backend initialization required/,
    advise: (_, { stack }) => ({
      what: 'the state is not where the generated files say',
      remedy: `\`npm run state -- move ${stack}\` moves it there and verifies it`,
    }),
  },
  {
    pattern: /Saved plan is stale/,
    advise: (_, { stack }) => ({
      what: 'the state was changed after the plan was made',
      remedy: `Make a new one: \`npm run plan -- ${stack}\``,
    }),
  },
  {
    pattern: /Unable to find remote state|No stored state was found/,
    advise: () => ({
      what: 'a stack that it reads was never applied',
      remedy: 'Run `npm run deploy`, which keeps the order',
    }),
  },
  {
    pattern: /Error while installing (\S+ \S+): [\s\S]*doesn't match any of the checksums/i,
    advise: ([, provider], { stack }) => ({
      what: `the package of ${provider} matches no checksum in .terraform.lock.hcl`,
      remedy: `If the lock file was made for other platforms, \`terraform -chdir=terraform/${stack} providers lock\` adds this one; otherwise find out who changed the package`,
    }),
  },
  {
    pattern:
      /locked provider \S+ \S+ does not match|Inconsistent dependency lock file|Provider dependency changes detected/,
    advise: (_, { stack }) => ({
      what: 'its .terraform.lock.hcl does not match the providers and versions in the generated files',
      remedy: `Run \`npm run init -- ${stack} --upgrade\`, read what changes in it, and commit it`,
    }),
  },
  {
    pattern:
      /Failed to query available provider packages|Failed to install provider|could not connect to registry/i,
    advise: () => ({
      remedy: 'Connect to the network once, or name a mirror in the Terraform CLI configuration',
    }),
  },
  {
    pattern: /already exists|AlreadyExists|BucketAlreadyOwnedByYou/,
    advise: (_, { stack, again }) => ({
      remedy: `If it belongs to this home, \`npm run adopt -- ${stack}\` takes it over; then run \`${again}\``,
    }),
  },
  {
    pattern:
      /(?:dial|read) (?:tcp|udp|unix) [^"]*?(?:connection refused|no such host|i\/o timeout|no route to host|network is unreachable|connection reset by peer)|connection refused|context deadline exceeded|Client\.Timeout exceeded|connection reset|broken pipe|TLS handshake timeout|\bEOF\b/i,
    advise: ([found], { address, backend, again }) => {
      const ofStore = address === undefined && backend.type !== 'local';
      const peer = ofStore ? `the state's store (${storeOf(backend)})` : peerOf(address);
      return {
        what: `${peer} does not answer (${found})`,
        remedy: ofStore
          ? `Nothing was changed. Make it reachable and run \`${again}\``
          : `Make it reachable and run \`${again}\`; it continues where it stopped`,
      };
    },
  },
];

/** The advice for a diagnostic that is known. */
export function remedyFor({ summary, detail }: Diagnostic, circumstances: Circumstances): Advice | undefined {
  const text = `${summary}\n${detail}`;
  for (const { pattern, advise } of known) {
    const found = pattern.exec(text);
    if (found !== null) return advise(found, circumstances);
  }
  return undefined;
}

/** Where a state lives, for people. */
export function storeOf(backend: Backend): string {
  switch (backend.type) {
    case 'local':
      return backend.path.replace(/^(\.\.\/)+/, '');
    case 's3':
      return `bucket ${backend.bucket} at ${backend.endpoints?.s3 ?? 'AWS'}`;
    case 'pg':
      return `schema ${backend.schema_name} in the database of PG_CONN_STR`;
    case 'http':
      return backend.address;
    case 'cloud':
      return `workspace ${backend.workspaces.name} of ${backend.organization}`;
  }
}

const peers: readonly (readonly [RegExp, string])[] = [
  [/^(data\.|ephemeral\.)?kubernetes_/, 'the Kubernetes API (KUBE_CONFIG_PATH names its file)'],
  [/^(data\.|ephemeral\.)?talos_/, 'the node'],
  [/^(data\.|ephemeral\.)?minio_/, 'the NAS (MINIO_ENDPOINT)'],
  [/^(data\.|ephemeral\.)?gotify_/, 'Gotify'],
  [/^(data\.|ephemeral\.)?healthchecksio_/, 'healthchecks.io'],
  [/^(data\.|ephemeral\.)?onepassword_/, '1Password'],
];

const peerOf = (address = ''): string =>
  peers.find(([pattern]) => pattern.test(address))?.[1] ?? 'the other end';
