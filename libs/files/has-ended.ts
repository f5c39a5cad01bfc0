/**
 * Whether the process that left something has ended. Ids are given out again: this process' own was another one's when
 * that left it, since what this one is still using it does not ask about.
 */
export function hasEnded(id: number): boolean {
  if (id === process.pid) return true;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
