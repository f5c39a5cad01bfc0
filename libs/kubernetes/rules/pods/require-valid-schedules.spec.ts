import { raw, resourceBlock } from '@home/terraform';
import { complaints, makesPods } from '../example-home';
import { requireValidSchedules } from './require-valid-schedules';

const job = (spec: object) => makesPods('verify', { type: 'cron_job', spec });
const check = (given: object) => resourceBlock('healthchecksio_check', 'verify', given);

it.each([
  job({ schedule: '0 2 * * 6' }),
  job({ schedule: '*/15 1-5,7 ? jan,FEB mon-FRI' }),
  job({ schedule: '5/10 * 29 2 *' }),
  ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h30m'].map(
    (schedule) => job({ schedule }),
  ),
  job({ schedule: '0 2 * * 6', timezone: 'Europe/Berlin' }),
  job({ schedule: raw('var.schedule'), timezone: raw('var.timezone') }),
  check({ schedule: '0 2 * * 6', timezone: 'UTC' }),
  check({ schedule: '0 2 L * 7' }),
  check({ timeout: 900 }),
])('accepts case %#', (block) => {
  expect(complaints(requireValidSchedules, block)).toEqual([]);
});

it.each([
  [job({ schedule: '0 2 * *' }), '"0 2 * *" must have five fields'],
  [job({ schedule: '0 0 2 * * 6' }), '"0 0 2 * * 6" must have five fields'],
  [job({ schedule: '' }), '"" must have five fields'],
  [job({ schedule: 'TZ=UTC 0 2 * * 6' }), '"TZ=UTC 0 2 * * 6" must have five fields'],
  [job({ schedule: '60 2 * * 6' }), '"60 2 * * 6" must have a minute from 0 to 59, but has "60"'],
  [job({ schedule: '0 2 * * 7' }), '"0 2 * * 7" must have a day of the week from 0 to 6, but has "7"'],
  [job({ schedule: '0 2 L * *' }), '"0 2 L * *" must have a day of the month from 1 to 31, but has "L"'],
  [job({ schedule: '0 2 30 2 *' }), '"0 2 30 2 *" must fall on a day that exists'],
  [job({ schedule: '@reboot' }), '"@reboot" must have five fields'],
  [job({ schedule: '@every 0s' }), '"@every 0s" must have five fields'],
  [check({ schedule: '@daily' }), '"@daily" must have five fields'],
])('refuses case %#', (block, fault) => {
  expect(complaints(requireValidSchedules, block)).toEqual([
    `apps/workloads/app: ${block.type}.verify: schedule ${fault}. Write it like "0 2 * * 6".`,
  ]);
});

it.each(['Local', 'Europe/Köln', 'UTC+1', '+01:00', 'berlin'])('refuses the time zone %s', (timezone) => {
  expect(complaints(requireValidSchedules, job({ schedule: '0 2 * * 6', timezone }))).toEqual([
    `apps/workloads/app: kubernetes_cron_job_v1.verify: timezone "${timezone}" must be the name of a time zone in the tz ` +
      'database. Write it like "Europe/Berlin".',
  ]);
});
