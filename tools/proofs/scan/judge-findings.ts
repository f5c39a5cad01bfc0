import type { Exception } from './exceptions';

/** Something that a scanner of objects complains of. */
export interface Finding {
  readonly check: string;
  readonly object: string;
  /** What it demands. */
  readonly demand: string;
}

/**
 * What is wrong after the exceptions: one line for each finding that none covers, and for each that covers nothing.
 */
export function judgeFindings(findings: readonly Finding[], exceptions: readonly Exception[]): string[] {
  const covers = ({ check, objects }: Exception, finding: Finding): boolean =>
    check === finding.check && (objects === undefined || objects.includes(finding.object));
  const open = findings.filter((finding) => !exceptions.some((one) => covers(one, finding)));
  const needless = exceptions.flatMap(({ check, objects = [undefined] }) =>
    objects
      .filter(
        (object) => !findings.some((one) => one.check === check && (object ?? one.object) === one.object),
      )
      .map((object) => `${check}${object === undefined ? '' : ` of ${object}`}`),
  );
  return [
    ...open.map(({ object, check, demand }) => `${object}: ${demand} (${check}).`),
    ...needless.map(
      (what) => `tools/proofs/scan/exceptions.ts: nothing needs ${what} any more. Take it out.`,
    ),
  ];
}
