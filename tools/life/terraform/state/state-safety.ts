import { type Environment, runProgram } from '@home/command';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Problem, ProblemsError } from '@home/terraform';
import ipaddr from 'ipaddr.js';
import { hidden } from '../own-files';
import type { RootModule } from '../root-module';
import { executionMode } from './execution-mode';
import { leftoverState, localStateFile } from './read-state';

/** What the check of a state's safety takes of a session. */
export interface Surroundings {
  readonly root: string;
  readonly environment: Environment;
  readonly homeNetworks: readonly string[];
  readonly domain: string;
}

/**
 * Looks whether a state, which holds secrets, can be read by those it does not concern: by everybody on the machine,
 * through git, or on its way through a foreign network.
 */
export async function unsafeIn(surroundings: Surroundings, module: RootModule): Promise<Problem[]> {
  const file = localStateFile(module);
  const problems = [
    ...(file === undefined ? [] : readableByOthers(surroundings.root, [file, ...beside(file)])),
    ...readableByOthers(surroundings.root, [leftoverState(module), hidden.plan(module.folder)]),
    ...(file === undefined ? [] : await inGit(surroundings.root, file)),
  ];
  const exposed = exposedAddress(surroundings, module);
  if (exposed !== undefined) problems.push(overForeignNetwork(module, exposed));
  return [...problems, ...(await executionMode(surroundings.environment, module))];
}

/**
 * Refuses to go on with a state that is not safe.
 *
 * @throws ProblemsError with everything that is wrong
 */
export async function requireSafety(surroundings: Surroundings, module: RootModule): Promise<void> {
  const problems = await unsafeIn(surroundings, module);
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** Everything that Terraform and our backups lay down next to a local state. */
function beside(file: string): string[] {
  const folders = [dirname(file), join(dirname(file), 'backups')].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.includes('.tfstate'))
      .map((name) => join(folder, name)),
  );
}

/** Those among files with secrets that others on the machine can read; files that are not there are no problem. */
export function readableByOthers(root: string, files: readonly string[]): Problem[] {
  return [...new Set(files)]
    .filter((file) => existsSync(file) && (statSync(file).mode & 0o077) !== 0)
    .map((file) => ({
      where: relative(root, file),
      what: 'holds secrets and must be readable by its owner alone',
      remedy: `Run \`chmod 600 ${relative(root, file)}\`, and rotate what others may have read`,
    }));
}

/** Tracked, or in a work tree without being ignored, which is the same one `git add` later. */
async function inGit(root: string, file: string): Promise<Problem[]> {
  const git = (...options: string[]) => runProgram('git', ['-C', root, ...options]);
  const path = relative(root, file);
  const [tracked, inside, ignored] = await Promise.all([
    git('ls-files', '--error-unmatch', '--', path),
    git('rev-parse', '--is-inside-work-tree'),
    git('check-ignore', '--quiet', '--', path),
  ]);
  if (tracked.exitCode === 0) {
    return [
      {
        where: path,
        what: 'holds secrets and must not be in git',
        remedy: `Run \`git rm --cached ${path}\`, take it out of the history, and rotate every secret in it`,
      },
    ];
  }
  const outside = inside.exitCode !== 0 || path.startsWith('..');
  if (outside || ignored.exitCode === 0) return [];
  return [
    {
      where: path,
      what: 'holds secrets and must be ignored by git',
      remedy: 'Add its folder to .gitignore',
    },
  ];
}

/** The address of a store that is spoken to in the clear outside the home's own networks. */
function exposedAddress(
  { environment, homeNetworks, domain }: Surroundings,
  { backend }: RootModule,
): string | undefined {
  const address =
    backend.type === 's3'
      ? (backend.endpoints?.s3 ?? environment['AWS_ENDPOINT_URL_S3'])
      : backend.type === 'http'
        ? backend.address
        : backend.type === 'pg'
          ? plainDatabase(environment['PG_CONN_STR'])
          : undefined;
  if (address === undefined || !URL.canParse(address) || new URL(address).protocol === 'https:')
    return undefined;
  return isAtHome(new URL(address).hostname, homeNetworks, domain) ? undefined : new URL(address).host;
}

/** PostgreSQL encrypts unless sslmode forbids it. */
function plainDatabase(connection: string | undefined): string | undefined {
  if (connection === undefined || !URL.canParse(connection)) return undefined;
  return new URL(connection).searchParams.get('sslmode') === 'disable' ? connection : undefined;
}

function overForeignNetwork({ stack }: RootModule, host: string): Problem {
  return {
    where: `${stack}: state at ${host}`,
    what: "holds secrets and must not travel in the clear outside the home's own network",
    remedy: 'Use https (for PostgreSQL sslmode=require) in libs/home/facts.ts',
  };
}

/**
 * Tells whether a host is this machine or lies in the home's own networks, where plain HTTP is allowed.
 *
 * @param host a name, or an address as a URL holds it (IPv6 in brackets)
 * @param networks such as `192.168.107.0/24`
 * @param domain the home's own domain; its names lie in the home
 */
export function isAtHome(host: string, networks: readonly string[], domain: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name === domain || name.endsWith(`.${domain}`)) return true;
  if (!ipaddr.isValid(name)) return false;
  const address = ipaddr.process(name);
  if (address.range() === 'loopback') return true;
  return networks.some((network) => {
    const [base, length] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, length);
  });
}
