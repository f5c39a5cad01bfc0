import { Cron } from 'croner';

/**
 * Says what is wrong with a schedule of a CronJob.
 *
 * @param schedule five fields, such as `0 3 * * 6`
 * @returns the reason, or undefined when Kubernetes takes it and it ever comes round
 */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.trim().split(/\s+/).length !== 5) return 'must have five fields';
  try {
    const next = new Cron(schedule, { paused: true, timezone: 'UTC' }).nextRun(new Date(0));
    return next === null ? 'must come round' : undefined;
  } catch (cause) {
    return `must be a schedule (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}
