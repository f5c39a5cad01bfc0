import { isPlainObject } from '@home/terraform';
import { blockAddress } from '../root-module';
import type { Step } from './argument-changes';
import type { PlanJson } from './plan-json';

/** Tells of each resource whether the configuration sets the argument that a path leads to. */
export function configuredArguments(plan: PlanJson): (address: string) => (path: readonly Step[]) => boolean {
  const resources = plan.configuration?.root_module?.resources ?? [];
  const expressions = new Map(resources.map((resource) => [resource.address, resource.expressions]));
  return (address) => (path) => isSet(expressions.get(blockAddress(address)), path);
}

function isSet(expression: unknown, path: readonly Step[]): boolean {
  if (expression === undefined) return false;
  if (isPlainObject(expression) && ('constant_value' in expression || 'references' in expression))
    return true;
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (Array.isArray(expression)) return typeof step === 'number' && isSet(expression[step], rest);
  // A block that may occur once is no list here, but is one in the values.
  if (typeof step === 'number') return isSet(expression, rest);
  return isPlainObject(expression) && Object.hasOwn(expression, step) && isSet(expression[step], rest);
}
