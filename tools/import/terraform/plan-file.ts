import { readFileSync } from 'node:fs';
import { type Problem, isPlainObject } from '@home/terraform';

/** What a plan tells of module calls: the address of each instance, such as `module.web["a"].module.db`. */
export type ModuleInstances = ReadonlySet<string>;

/** Reads what `terraform show -json` prints of a plan. */
export function readPlan(file: string): { instances: ModuleInstances; problems: readonly Problem[] } {
  const refuse = (what: string) => ({
    instances: new Set<string>(),
    problems: [{ where: `${file}:1`, what, remedy: 'Make it with terraform show -json PLAN > FILE' }],
  });
  let plan: unknown;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return refuse(`must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const values = isPlainObject(plan) ? plan['planned_values'] : undefined;
  if (!isPlainObject(values)) return refuse('must be a plan, but has no planned_values');
  return { instances: new Set(addressesBelow(values['root_module'])), problems: [] };
}

function addressesBelow(module: unknown): string[] {
  const children: unknown = isPlainObject(module) ? module['child_modules'] : undefined;
  if (!Array.isArray(children)) return [];
  return children
    .filter(isPlainObject)
    .flatMap((child) => [String(child['address']), ...addressesBelow(child)]);
}
