import { type Block } from './expression';

/** Where a stack's state lives: https://developer.hashicorp.com/terraform/language/backend */
export type Backend =
  | { readonly type: 'local'; readonly path: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly use_lockfile: true;
      readonly endpoints?: { readonly s3: string };
      readonly use_path_style?: boolean;
      readonly custom_ca_bundle?: string;
      readonly skip_credentials_validation?: boolean;
      readonly skip_region_validation?: boolean;
      readonly skip_requesting_account_id?: boolean;
      readonly skip_metadata_api_check?: boolean;
      readonly skip_s3_checksum?: boolean;
    }
  | { readonly type: 'pg'; readonly schema_name: string }
  | {
      readonly type: 'http';
      readonly address: string;
      readonly lock_address: string;
      readonly unlock_address: string;
    }
  | { readonly type: 'cloud'; readonly organization: string; readonly workspaces: { readonly name: string } };

/** What must answer before a later stack starts. */
export type Readiness =
  | {
      readonly what: string;
      readonly http: {
        readonly url: string;
        readonly host?: string;
        readonly status?: number;
        /** Whether whoever answers is believed: what vouches for it, this machine may not know. */
        readonly isBelieved?: boolean;
      };
    }
  | { readonly what: string; readonly kubernetes: { readonly context: string } }
  | { readonly what: string; readonly rollouts: { readonly context: string } };

/** One Terraform root module with one state: what `stack.ts` exports. */
export interface Stack {
  /** The stacks that must be ready before this one is applied. */
  readonly after: readonly Stack[];
  /** Terraform's version constraint. */
  readonly requiredVersion: string;
  /** Provider name → its configuration, or several of which all but one have an `alias`. */
  readonly providers: Readonly<Record<string, readonly Block[]>>;
  /** Blocks of the stack's own file, such as variables that several workloads read. */
  readonly blocks: readonly Block[];
  /** Where the state of the stack with the given name lives. */
  readonly backend: (stack: string) => Backend;
  readonly ready: readonly Readiness[];
}
