import { type ScheduleReader, scheduleFault } from '@home/home';
import { type Problem, type Rule } from '@home/terraform';
import { secondsOf } from '../../read/go-duration';
import { knownBody, nestedBlock } from '../../read/known-body';
import { objectsIn, placeOf } from '../../read/objects';

/** Every schedule is one that its reader understands and that ever comes round, in a time zone that exists. */
export const requireValidSchedules: Rule = {
  name: 'require-valid-schedules',
  check: (home) => [
    ...objectsIn(home)
      .ofKind('cronjob')
      .flatMap(({ owned, body }) => {
        const { schedule, timezone } = nestedBlock(body['spec']);
        return [
          ...checkSchedule(placeOf(owned), schedule, 'kubernetes'),
          ...checkTimezone(placeOf(owned), timezone),
        ];
      }),
    ...home
      .filter(({ block }) => block.kind === 'resource' && block.type === 'healthchecksio_check')
      .flatMap((owned) => {
        const { schedule, timezone } = knownBody(owned.block);
        return [
          ...checkSchedule(placeOf(owned), schedule, 'healthchecks.io'),
          ...checkTimezone(placeOf(owned), timezone),
        ];
      }),
  ],
};

function checkSchedule(where: string, schedule: unknown, reader: ScheduleReader): Problem[] {
  if (typeof schedule !== 'string' || (reader === 'kubernetes' && isMacro(schedule))) return [];
  const fault = scheduleFault(schedule, reader);
  if (fault === undefined) return [];
  return [{ where, what: `schedule "${schedule}" ${fault}`, remedy: 'Write it like "0 2 * * 6"' }];
}

/** The names that Kubernetes has for schedules: https://pkg.go.dev/github.com/robfig/cron/v3#hdr-Predefined_schedules */
function isMacro(schedule: string): boolean {
  const [, interval] = /^@every (.+)$/.exec(schedule) ?? [];
  if (interval !== undefined) return (secondsOf(interval) ?? 0) > 0;
  return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule);
}

function checkTimezone(where: string, timezone: unknown): Problem[] {
  if (typeof timezone !== 'string' || isTimezone(timezone)) return [];
  const what = `timezone "${timezone}" must be the name of a time zone in the tz database`;
  return [{ where, what, remedy: 'Write it like "Europe/Berlin"' }];
}

const timezones = new Map<string, boolean>();

/** Asked once for each name, since looking into the database takes its time. */
function isTimezone(name: string): boolean {
  const known = timezones.get(name) ?? (/^[A-Z]/.test(name) && isInDatabase(name));
  timezones.set(name, known);
  return known;
}

function isInDatabase(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
