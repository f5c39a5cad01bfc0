import { describeHome, type Description } from '@tools/nx-home/describe';
import { type NewWorkload, type Provisions, checkProvisions, provisionsFor } from '@tools/nx-home/workload';
import { ProblemsError } from '@home/terraform';

/** The apps that are measured: as nearly all of a home are. */
export const exampleApp = (name: string): NewWorkload & { readonly database: string } => ({
  name,
  stack: 'workloads',
  image: 'ghcr.io/usememos/memos:0.24.4',
  port: 5230,
  host: name,
  memory: '64Mi',
  database: '/var/opt/memos/memos_prod.db',
  files: [],
  scratch: ['/tmp'],
  ports: {},
});

/** What a home has for such apps. */
export type AppNeeds = { readonly [Name in 'apps' | 'replica']: NonNullable<Provisions[Name]> };

/**
 * Finds what a home has for such apps, whatever its workloads are called.
 *
 * @param root a workspace without other apps
 * @throws ProblemsError with what it lacks
 */
export function needsIn(root: string): { readonly home: Description; readonly needs: AppNeeds } {
  const home = describeHome(root, () => true);
  const app = exampleApp('an-app');
  const provisions = provisionsFor(app.stack, root, home);
  const { apps, replica } = provisions;
  if (apps === undefined || replica === undefined)
    throw new ProblemsError([...home.problems, ...checkProvisions(app, provisions)]);
  return { home, needs: { apps, replica } };
}
