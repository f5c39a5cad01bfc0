import { isExpression, isPlainObject } from '@home/terraform';
import { nestedBlocks } from './known-body';

/** Whether something holds; undefined when only Terraform can tell. */
export type Certainty = boolean | undefined;

/** Tells whether a map of labels, as a Service has it, selects a pod's labels. */
export function selectsByLabels(selector: unknown, labels: unknown): Certainty {
  if (isExpression(selector) || isExpression(labels)) return undefined;
  if (!isPlainObject(selector) || !isPlainObject(labels)) return false;
  return all(Object.entries(selector).map(([label, wanted]) => equal(wanted, labels[label])));
}

/**
 * Tells whether a label selector, as a Deployment has it, selects a pod's labels.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: unknown, labels: unknown): Certainty {
  if (isExpression(labels)) return undefined;
  if (!isPlainObject(labels)) return false;
  return all(
    nestedBlocks(selector).flatMap(({ match_labels = {}, match_expressions }) => [
      selectsByLabels(match_labels, labels),
      ...nestedBlocks(match_expressions).map(({ key, operator, values }) =>
        isExpression(key) ? undefined : holds(labels[String(key)], operator, values),
      ),
    ]),
  );
}

function holds(label: unknown, operator: unknown, values: unknown): Certainty {
  if (isExpression(label) || isExpression(operator) || isExpression(values)) return undefined;
  const listed = Array.isArray(values) && values.some((value) => equal(value, label) === true);
  switch (operator) {
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    default:
      return undefined;
  }
}

function equal(wanted: unknown, found: unknown): Certainty {
  if (isExpression(wanted) || isExpression(found)) return undefined;
  return found !== undefined && String(wanted) === String(found);
}

function all(results: readonly Certainty[]): Certainty {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** Labels as messages show them: `name=gotify, component=app`; what only Terraform knows is left open. */
export function formatLabels(labels: unknown): string {
  if (!isPlainObject(labels)) return isExpression(labels) ? '"…"' : '""';
  const shown = Object.entries(labels).map(
    ([label, value]) => `${label}=${isExpression(value) ? '…' : String(value)}`,
  );
  return `"${shown.join(', ')}"`;
}
