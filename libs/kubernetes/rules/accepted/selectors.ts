import { labelKey, labelValue } from '../names';
import { type Place, quoted } from './place';

const ofLabels = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A label selector of which another rule checks the labels: those of a Deployment, a claim. */
export function checkSelector(selector: Place): void {
  for (const expression of selector.blocks('match_expressions')) {
    checkExpression(expression, ofLabels);
  }
}

/** A label selector: of an affinity, a policy. */
export function checkWholeSelector(selector: Place): void {
  checkLabels(selector, 'match_labels');
  checkSelector(selector);
}

/** Labels that something is to have. Those of an object itself are held to the same by another rule. */
export function checkLabels(place: Place, name: string): void {
  for (const [key, value] of place.members(name)) {
    const fault = labelKey(key) ?? (typeof value === 'string' ? labelValue(value) : undefined);
    if (fault !== undefined) place.refuse([name, key], `${fault}, but is ${quoted(value)}`, 'Correct it');
  }
}

/** A term that selects nodes. */
export function checkNodeTerm(term: Place): void {
  for (const expression of term.blocks('match_expressions')) checkExpression(expression);
  for (const field of term.blocks('match_fields')) {
    field.choose('key', ['metadata.name']);
    field.choose('operator', ['In', 'NotIn']);
    const count = field.items('values').length;
    if (!field.isOpen('values') && count !== 1)
      field.refuse('values', `must have one item, but has ${count}`, 'Write a term for each');
  }
}

/** @param operators those that the schema does not know */
function checkExpression(expression: Place, operators?: readonly string[]): void {
  expression.named(labelKey, 'key');
  expression.eachNamed('values', labelValue);
  expression.fill('key', 'operator');
  if (operators !== undefined) expression.choose('operator', operators);
  if (expression.isOpen('values')) return;
  const operator = expression.text('operator') ?? '';
  const count = expression.items('values').length;
  const demand = demands[operator];
  if (demand !== undefined && !demand.holds(count))
    expression.refuse(
      'values',
      `must have ${demand.wants} with the operator ${quoted(operator)}, but has ${count}`,
      'Correct one of the two',
    );
}

interface Demand {
  readonly holds: (count: number) => boolean;
  readonly wants: string;
}

const some: Demand = { holds: (count) => count > 0, wants: 'one item or more' };
const none: Demand = { holds: (count) => count === 0, wants: 'no items' };
const one: Demand = { holds: (count) => count === 1, wants: 'one item' };

const demands: Readonly<Record<string, Demand>> = {
  In: some,
  NotIn: some,
  Exists: none,
  DoesNotExist: none,
  Gt: one,
  Lt: one,
};
