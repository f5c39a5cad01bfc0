import type { Block } from '@home/terraform';
import type { DaemonProps } from '../generated/web-app';
import { appPod } from './app-pod';
import { containerPorts } from './app-ports';
import { demandProps } from './check-props';
import { labelsOf } from './labels';
import { daemonSet } from './pods';

/**
 * What runs on every node, such as a collector of figures: a DaemonSet and, if it has them, files of configuration.
 *
 * @param name as of a `webApp`
 * @throws ProblemsError with all that is wrong with its name and props
 */
export function daemon(
  name: string,
  props: DaemonProps,
): { readonly name: string; readonly blocks: readonly Block[] } {
  demandProps('daemon', name, props);
  const { pod, config } = appPod(name, labelsOf(name, 'daemon'), props, {
    port: containerPorts(props.ports),
  });
  return { name, blocks: [...config, daemonSet(name, pod)] };
}
