/** What is to be imported, as `npx nx g import` is told. */
export interface ImportRequest {
  /** A file, a folder, or `-` for standard input. */
  readonly from: string;
  readonly stack: string;
  /** The workload's name, where everything becomes one. */
  readonly name?: string;
}
