/** A planted fault that no test can notice, since the program does the same with it. */
export interface Equivalent {
  readonly file: string;
  /** The line as it stands there. */
  readonly line: string;
  /** The line with the fault. */
  readonly fault: string;
  readonly because: string;
}

/** The faults that may survive. */
export const equivalents: readonly Equivalent[] = [];
