import { type Problem } from '@home/terraform';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'it is not yours',
  EPERM: 'it is not yours',
  EISDIR: 'there is a folder of its name',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'there is something else of its name',
};

/** A file that cannot be written is no bug of ours; undefined for whatever else went wrong. */
export function diskProblem(error: unknown): Problem | undefined {
  const {
    code = '',
    path: where = 'a file',
    syscall,
  } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  // Node says of a folder that it cannot make that it is not there.
  const reason = code === 'ENOENT' && syscall === 'mkdir' ? 'its folder cannot be made' : reasons[code];
  if (reason === undefined) return undefined;
  return { where, what: `cannot be written: ${reason}`, remedy: 'Fix that and try again' };
}
