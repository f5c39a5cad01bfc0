import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedSecrets } from '@home/home';

const fileOf = (workspace: string): string => join(workspace, 'libs/home/secrets.json');

/** Which root the home uses and how often each credential was made anew. */
export function readRecorded(workspace: string): RecordedSecrets {
  const recorded: RecordedSecrets = JSON.parse(readFileSync(fileOf(workspace), 'utf8'));
  return recorded;
}

/** Writes the record in one step, its purposes in order, so that a rotation is one line of a pull request. */
export function writeRecorded(workspace: string, { rootFingerprint, rotations }: RecordedSecrets): void {
  const sorted = Object.fromEntries(
    Object.entries(rotations).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const draft = `${fileOf(workspace)}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify({ rootFingerprint, rotations: sorted }, null, 2)}\n`);
  renameSync(draft, fileOf(workspace));
}
