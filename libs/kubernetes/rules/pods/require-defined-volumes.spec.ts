import { dynamicBlock, raw } from '@home/terraform';
import { complaints, container, makesPods } from '../example-home';
import { requireDefinedVolumes } from './require-defined-volumes';

const mounting = container({ volume_mount: [{ name: 'data', mount_path: '/data' }] });
const check = (podSpec: object, more: object = {}) =>
  complaints(
    requireDefinedVolumes,
    makesPods('app', { podSpec: { container: [mounting], ...podSpec }, ...more }),
  );

it.each([
  { volume: [{ name: 'data', empty_dir: {} }] },
  { volume: { name: 'data', empty_dir: {} } },
  { volume: [{ name: raw('var.volume'), empty_dir: {} }] },
  { volume: [dynamicBlock('each', raw<string[]>('var.volumes'), () => ({ name: 'data' }))] },
  { container: [container({ volume_mount: [{ name: raw('var.volume') }] })] },
])('accepts case %#', (podSpec) => {
  expect(check(podSpec)).toEqual([]);
});

it('accepts a volume that the claims of a StatefulSet define', () => {
  const spec = { volume_claim_template: [{ metadata: { name: 'data' } }] };
  expect(check({}, { type: 'stateful_set', spec })).toEqual([]);
});

it('refuses a volume that is not there', () => {
  const line = (has: string, container = 'app') =>
    `apps/workloads/app: kubernetes_deployment_v1.app: volume "data" of container "${container}" must be defined in its ` +
    `pod, which has ${has}. Define it, or mount one of those.`;
  expect(check({})).toEqual([line('no volume')]);
  expect(check({ volume: [{ name: 'config' }, { name: 'date' }] })).toEqual([line('"config", "date"')]);
  const before = container({ name: 'before', volume_mount: [{ name: 'data' }], restart_policy: 'Always' });
  expect(check({ init_container: [before], container: [] })).toEqual([line('no volume', 'before')]);
  const device = container({ name: 'disk', volume_device: [{ name: 'data', device_path: '/dev/sda' }] });
  expect(check({ container: [device] })).toEqual([line('no volume', 'disk')]);
});
