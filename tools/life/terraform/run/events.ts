import { isPlainObject } from '@home/terraform';

/** An error or a warning: https://developer.hashicorp.com/terraform/internals/machine-readable-ui#diagnostic */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** The resource it is about. */
  readonly address?: string;
  readonly range?: { readonly filename: string };
  /** The block that the range lies in: `resource.terraform_data.a.lifecycle.precondition[0]`. */
  readonly snippet?: { readonly context?: string };
}

/** One line of what Terraform tells with `-json`, as far as these commands listen. */
export interface Event {
  readonly type: string;
  readonly '@message': string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  /** The whole state, told when Terraform can write it down nowhere. */
  readonly state?: unknown;
}

/** The event that a line holds; undefined for lines that Terraform prints beside them. */
export function readEvent(line: string): Event | undefined {
  if (!line.startsWith('{"@level"')) return undefined;
  try {
    const event: unknown = JSON.parse(line);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is Event {
  return isPlainObject(value) && typeof value['@message'] === 'string';
}
