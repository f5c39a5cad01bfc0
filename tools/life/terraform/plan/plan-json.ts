import { isPlainObject } from '@home/terraform';
import { type Difference, Sensitive, differences, unknown } from '@life/changes';

/** What `terraform show -json` says of a plan, as far as these commands read it. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly ConfiguredResource[] } };
}

/** What the configuration says of a resource. */
interface ConfiguredResource {
  readonly address: string;
  /** Argument → its expression; blocks nest in the same way. */
  readonly expressions?: unknown;
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly change: Change;
  readonly action_reason?: string;
}

export interface Change {
  readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

/** What a plan says about the values of a resource, each as a tree of the same shape. */
interface Marks {
  /** True where a value is sensitive, before or after. */
  readonly sensitive: readonly unknown[];
  /** True where a value is known only afterwards. */
  readonly unknown: unknown;
  /** What the configuration sets. */
  readonly configured: unknown;
}

/** Sets everything. */
const anything = { references: [] };

/**
 * The arguments that a change sets to another value: the deepest that differ, and no value that is sensitive.
 *
 * @param configured the expressions of the resource's configuration. What it does not set and nobody knows beforehand
 *   (an `id`, a `resource_version`) is no argument, and left out
 */
export function argumentChanges(change: Change, configured: unknown = anything): Difference[] {
  const sensitive = [change.before_sensitive, change.after_sensitive];
  const marks: Marks = { sensitive, unknown: change.after_unknown, configured };
  return differences(marked(change.before, marks, false), marked(change.after, marks, true), 'planned');
}

/** A value with stand-ins for what is hidden or not known yet, and without what the provider alone knows. */
function marked(value: unknown, marks: Marks, isAfter: boolean): unknown {
  const comesLater = marks.unknown === true;
  if (comesLater && marks.configured === undefined) return undefined;
  const known = comesLater && isAfter ? unknown : value;
  if (marks.sensitive.some((mark) => mark === true)) return new Sensitive(known);
  if (known === unknown) return unknown;
  const below = (step: string | number): unknown =>
    marked(
      at(value, step),
      {
        sensitive: marks.sensitive.map((mark) => at(mark, step)),
        unknown: at(marks.unknown, step),
        configured: expressionAt(marks.configured, step),
      },
      isAfter,
    );
  if (Array.isArray(value)) return value.map((_, index) => below(index));
  const names = [...membersOf(value), ...(isAfter ? membersOf(marks.unknown) : [])];
  if (names.length === 0) return value;
  return Object.fromEntries(names.map((name) => [name, below(name)]));
}

const membersOf = (value: unknown): string[] => (isPlainObject(value) ? Object.keys(value) : []);

function at(value: unknown, step: string | number): unknown {
  return Object.hasOwn(Object(value), step) ? Object(value)[step] : undefined;
}

/** What the configuration says below an expression; undefined where it sets nothing. */
function expressionAt(expression: unknown, step: string | number): unknown {
  if (isPlainObject(expression) && ('constant_value' in expression || 'references' in expression)) {
    return expression;
  }
  // A block that may occur once is no list here, but is one in the values.
  return typeof step === 'number' && !Array.isArray(expression) ? expression : at(expression, step);
}
