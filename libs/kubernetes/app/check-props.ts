import { type Members, ProblemsError, checkMembers } from '@home/terraform';
import type { Database, Expectations, RestorePoint } from '../litestream/database';
import type { DashboardEntry } from './web-address';
import type { WebAppProps } from './web-app';

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

const databaseProps: Members<Database> = {
  file: 'must',
  replica: 'must',
  path: 'may',
  first: 'may',
  verify: 'must',
  owner: 'may',
  expects: 'may',
  restore: 'may',
};

const ownerProps: Members<NonNullable<Database['owner']>> = { uid: 'must', gid: 'must' };

const expectationProps: Members<Expectations> = {
  tables: 'must',
  rows: 'may',
  foreignKeys: 'may',
  writtenWithinDays: 'may',
};

const restoreProps: Members<RestorePoint> = { timestamp: 'may', from: 'may' };

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
    ...checkMembers(name, 'database', database, databaseProps),
    ...checkMembers(name, 'database.owner', database?.owner, ownerProps),
    ...checkMembers(name, 'database.expects', database?.expects, expectationProps),
    ...checkMembers(name, 'database.restore', database?.restore, restoreProps),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
}
