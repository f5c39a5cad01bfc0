import { home } from '@home/home';
import type { Block } from '@home/terraform';
import type { JobProps } from '../generated/web-app';
import { appPod } from './app-pod';
import { demandProps } from './check-props';
import { labelsOf } from './labels';
import { cronJob } from './pods';

/**
 * What runs at certain times and ends, such as a backup: a CronJob and, if it has them, files of configuration and files
 * on the NAS. A run that is late does not meet the next one, and one that fails is tried twice again.
 *
 * @param name as of a `webApp`
 * @throws ProblemsError with all that is wrong with its name and props
 */
export function job(
  name: string,
  props: JobProps,
): { readonly name: string; readonly blocks: readonly Block[] } {
  demandProps('job', name, props);
  const { schedule } = props;
  const { pod, config, data } = appPod(name, labelsOf(name, 'job'), props);
  const made = cronJob(name, { ...pod, schedule, timezone: home.timezone });
  return { name, blocks: [...config, made, ...data] };
}
