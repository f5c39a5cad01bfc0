import { type Problem } from '@home/terraform';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'it is not yours',
  EPERM: 'it is not yours',
  EISDIR: 'there is a folder of its name',
  ENOTDIR: 'its folder is a file',
};

/** A file that cannot be written is no bug of ours; undefined for whatever else went wrong. */
export function diskProblem(error: unknown): Problem | undefined {
  const { code = '', path: where = 'a file' } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const reason = reasons[code];
  if (reason === undefined) return undefined;
  return { where, what: `cannot be written: ${reason}`, remedy: 'Fix that and try again' };
}
