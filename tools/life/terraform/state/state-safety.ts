import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Environment, exposedByGit } from '@home/command';
import { isAtHome } from '@home/home';
import { type Backend, type Problem, ProblemsError, refuse } from '@home/terraform';
import ipaddr from 'ipaddr.js';
import { concludeLeftApplies } from '../plan/saved-plan';
import { type RootModule, bodyOf, hidden, readRootModule } from '../root-module';
import { requireCredentials } from '../run/prepare';
import type { HomeChoice, Session } from '../session';
import { leftoverState, localStateFile, objectsIn, readState } from './read-state';

type Checked = Pick<Session, 'root' | 'environment' | 'home'>;

/**
 * Looks whether a state, which holds secrets, can be read by those it does not concern: by everybody on the machine,
 * through git, or on its way through a foreign network.
 */
export async function unsafeIn(session: Checked, module: RootModule): Promise<Problem[]> {
  const file = localStateFile(module);
  const problems = [
    ...(file === undefined ? [] : readableByOthers(session.root, [file, ...beside(file)])),
    ...readableByOthers(session.root, [leftoverState(module), hidden.plan(module.folder)]),
    ...(file === undefined ? [] : await exposedByGit(session.root, file)),
  ];
  const exposed = exposedAddress(session, module);
  if (exposed !== undefined) {
    problems.push({
      where: `${module.stack}: state at ${exposed}`,
      what: "holds secrets and must not travel in the clear outside the home's own network",
      remedy: 'Use https (for PostgreSQL sslmode=require) in libs/home/facts.ts',
    });
  }
  return [...problems, ...(await executionMode(session.environment, module))];
}

/**
 * Refuses to go on with a state that is not safe.
 *
 * @throws ProblemsError with everything that is wrong
 */
export async function requireSafety(session: Checked, module: RootModule): Promise<void> {
  const problems = await unsafeIn(session, module);
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

/** The address of a store that is spoken to in the clear outside the home's own networks. */
function exposedAddress({ environment, home }: Checked, { backend }: RootModule): string | undefined {
  const address = addressOf(backend, environment);
  if (address === undefined || !URL.canParse(address) || new URL(address).protocol === 'https:')
    return undefined;
  return allowsPlainHttp(new URL(address).hostname, home) ? undefined : new URL(address).host;
}

function addressOf(backend: Backend, environment: Environment): string | undefined {
  if (backend.type === 's3') return backend.endpoints?.s3 ?? environment['AWS_ENDPOINT_URL_S3'];
  if (backend.type === 'http') return backend.address;
  const connection = environment['PG_CONN_STR'];
  if (backend.type !== 'pg' || connection === undefined || !URL.canParse(connection)) return undefined;
  // PostgreSQL encrypts unless sslmode forbids it.
  return new URL(connection).searchParams.get('sslmode') === 'disable' ? connection : undefined;
}

/**
 * Tells whether a host is this machine or lies in the home's own networks, where plain HTTP is allowed.
 *
 * @param host a name, or an address as a URL holds it (IPv6 in brackets)
 * @param home its domain's names lie in the home, too
 */
export function allowsPlainHttp(
  host: string,
  { network, domain }: Pick<HomeChoice, 'domain'> & { network: Pick<HomeChoice['network'], 'subnets'> },
): boolean {
  const name = host.replace(/[[\]]/g, '').toLowerCase();
  if (name === 'localhost' || name === domain || name.endsWith(`.${domain}`)) return true;
  if (!ipaddr.isValid(name)) return false;
  const address = ipaddr.process(name);
  return address.range() === 'loopback' || isAtHome(address.toString(), network.subnets);
}

/**
 * With HCP Terraform the state may live there, but Terraform has to run here: a remote run reaches neither the home's
 * network nor its secrets.
 *
 * https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings#execution-mode
 */
async function executionMode(environment: Environment, { stack, backend }: RootModule): Promise<Problem[]> {
  if (backend.type !== 'cloud') return [];
  const host = hostOf(backend);
  const variable = `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`;
  const token = environment[variable];
  const where = `${stack}: workspace ${backend.workspaces.name} of ${backend.organization}`;
  if (token === undefined) {
    return [{ where, what: `needs a token in ${variable}`, remedy: `Put ${variable} into .env` }];
  }
  const path = `${encodeURIComponent(backend.organization)}/workspaces/${encodeURIComponent(backend.workspaces.name)}`;
  try {
    const response = await fetch(`https://${host}/api/v2/organizations/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    // The first init makes it; the next run looks again.
    if (response.status === 404) return [];
    if (!response.ok) {
      return [{ where, what: `answers ${response.status}`, remedy: `Check ${variable} in .env` }];
    }
    const answer: unknown = await response.json();
    const mode = String(bodyOf(bodyOf(bodyOf(answer)['data'])['attributes'])['execution-mode']);
    if (mode === 'local') return [];
    const what = `must have the execution mode "local", but has "${mode}"`;
    const remedy =
      'Change it in the settings of the workspace: a remote run reaches neither the home nor its secrets';
    return [{ where, what, remedy }];
  } catch (cause) {
    const what = `does not answer (${cause instanceof Error ? cause.message : String(cause)})`;
    return [{ where, what, remedy: 'Nothing was changed. Make it reachable and try again' }];
  }
}

function hostOf(backend: object): string {
  const host: unknown = Reflect.get(backend, 'hostname');
  return typeof host === 'string' ? host : 'app.terraform.io';
}

/**
 * Reads what of a stack is about to be planned or applied, once the applies that outlived their commands have ended.
 *
 * @param command what the user called
 * @throws ProblemsError when its files, its credentials or its state are not fit for that
 */
export async function openStack(session: Session, stack: string, command: string): Promise<RootModule> {
  const module = readRootModule(session.root, stack);
  await concludeLeftApplies(session, module, command);
  requireNoLeftover(session, module);
  requireCredentials(session.environment, module);
  return module;
}

/**
 * Refuses a stack whose predecessor was never applied: its providers have nothing to talk to.
 *
 * @throws ProblemsError with one line
 */
export async function requirePredecessors(session: Session, stack: string): Promise<void> {
  for (const before of session.stacks.before(stack)) {
    const module = readRootModule(session.root, before);
    const state = await readState(session, module);
    // A stack may have nothing but outputs, and then its state never holds an object.
    const isBare = state !== undefined && module.resources === 0;
    if (objectsIn(state).length > 0 || isBare) continue;
    refuse(
      stack,
      `comes after ${before}, which was never applied`,
      '`npm run deploy` applies all stacks in their order',
    );
  }
}

/**
 * Refuses to go on while a state that Terraform could not store lies in the root module.
 *
 * @throws ProblemsError with one line
 */
export function requireNoLeftover({ root }: Session, module: RootModule): void {
  const file = leftoverState(module);
  if (!existsSync(file)) return;
  refuse(
    relative(root, file),
    'holds what the last run made and could not write to its store',
    `\`npm run state -- recover ${module.stack}\` brings it there`,
  );
}
