import { type Members, ProblemsError, type Value, checkMembers } from '@home/terraform';
import { type Database, checkDatabaseMembers } from '../litestream/database';
import type { Environment } from './container';
import type { DashboardEntry } from './web-address';

/** What a person says of an app; the rest is the same for every app of the home. */
export interface WebAppProps {
  readonly namespace: Value<string>;
  readonly image: Value<string>;
  /** The port that the app listens on. */
  readonly port: number;
  /** The first part of its address: `<host>.<domain>`. */
  readonly host: string;
  /** What the scheduler sets aside for it, such as `64Mi`. */
  readonly memory: string;
  /** The path that answers when the app is well; without one, an open port counts. */
  readonly health?: string;
  /** What starts the app, where it is not what the image says. */
  readonly command?: readonly Value<string>[];
  /** What the app is started with, where it is not what the image says. */
  readonly args?: readonly Value<string>[];
  readonly env?: Environment;
  readonly dashboard?: DashboardEntry;
  readonly config?: {
    readonly name: string;
    readonly files: Readonly<Record<string, string>>;
    readonly mountedAt: string;
  };
  readonly database?: Database;
  /** How long the app may take from SIGTERM to its end; ten seconds, if left out. */
  readonly stopSeconds?: number;
}

const webAppProps: Members<WebAppProps> = {
  namespace: 'must',
  image: 'must',
  port: 'must',
  host: 'must',
  memory: 'must',
  health: 'may',
  command: 'may',
  args: 'may',
  env: 'may',
  dashboard: 'may',
  config: 'may',
  database: 'may',
  stopSeconds: 'may',
};

const configProps: Members<NonNullable<WebAppProps['config']>> = {
  name: 'must',
  files: 'must',
  mountedAt: 'must',
};

const dashboardProps: Members<DashboardEntry> = { title: 'must', group: 'may' };

/**
 * Checks the names of a web app's props.
 *
 * @throws ProblemsError with all that are missing or misspelt
 */
export function checkProps(name: string, props: WebAppProps): void {
  const { config, dashboard, database } = props;
  const problems = [
    ...checkMembers(name, '', props, webAppProps),
    ...checkMembers(name, 'config', config, configProps),
    ...checkMembers(name, 'dashboard', dashboard, dashboardProps),
    ...checkDatabaseMembers(name, database),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
}
