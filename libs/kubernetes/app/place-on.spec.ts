import { home } from '@home/home';
import { checkDevices, devicesOf } from './devices';
import { placeFor, placeOn } from './place-on';

const [node] = home.network.nodes;
const gpu = { key: 'gpu', value: 'yes', effect: 'NoSchedule' } as const;
const toleration = [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }];
const worker = (name: string, more: object = {}) => ({ ...node, name, role: 'worker', ...more });
Object.assign(home.network, {
  nodes: [
    worker('a', { labels: { zone: 'attic' }, taints: [gpu], devices: { zigbee: '/dev/ttyUSB0' } }),
    worker('b', { labels: { zone: 'cellar' }, devices: { gpu: '/dev/dri/' } }),
    worker('c', { labels: { zone: 'attic' }, taints: [gpu], devices: { zigbee: '/dev/ttyUSB1' } }),
  ],
});
const cluster = { allowSchedulingOnControlPlanes: true };
const hostname = 'kubernetes.io/hostname';
const nodes = (...names: string[]) => home.network.nodes.filter(({ name }) => names.includes(name));

it('keeps a pod on one node by its name, and on one of several by their names', () => {
  expect(placeOn(nodes('b'), cluster)).toStrictEqual({ node_selector: { [hostname]: 'b' } });
  const { affinity, ...rest } = placeOn(nodes('a', 'c'), cluster);
  expect(rest).toStrictEqual({ toleration });
  expect(JSON.stringify(affinity)).toContain(`{"key":"${hostname}","operator":"In","values":["a","c"]}`);
});

it.each<[object, object]>([
  [{}, {}],
  [{ nodeSelector: { zone: 'attic' } }, { node_selector: { zone: 'attic' }, toleration }],
  [{ nodeSelector: { zone: 'cellar' } }, { node_selector: { zone: 'cellar' } }],
  [{ nodeSelector: { [hostname]: 'a' } }, { node_selector: { [hostname]: 'a' }, toleration }],
  [
    { nodeSelector: { zone: 'attic', [hostname]: 'b' } },
    { node_selector: { zone: 'attic', [hostname]: 'b' } },
  ],
  [{ devices: ['gpu'] }, { node_selector: { [hostname]: 'b' } }],
  [
    { devices: ['gpu'], nodeSelector: { zone: 'cellar' } },
    { node_selector: { [hostname]: 'b', zone: 'cellar' } },
  ],
])('places an app of %j', (props, place) => {
  expect(placeFor(props as never)).toStrictEqual(place);
});

it('opens a device as what it is, and a folder of them as one', () => {
  expect(devicesOf(['gpu'])).toStrictEqual({
    volumes: [{ name: 'device-gpu', host_path: { path: '/dev/dri', type: 'Directory' } }],
    mounts: [{ name: 'device-gpu', mount_path: '/dev/dri' }],
  });
  expect(devicesOf(['zigbee']).volumes).toMatchObject([
    { host_path: { path: '/dev/ttyUSB0', type: 'CharDevice' } },
  ]);
});

it.each<[string[], { what: string; remedy: string }[]]>([
  [['gpu'], []],
  [
    ['camera'],
    [
      {
        what: 'devices[0] "camera" must be a device of a node, but libs/home/facts.ts names none of that name',
        remedy: "Write devices: { camera: '/dev/…' } at the node that has it",
      },
    ],
  ],
  [
    ['zigbee'],
    [
      {
        what: 'devices[0] "zigbee" must lie at one path, but nodes have it at /dev/ttyUSB0 and /dev/ttyUSB1',
        remedy: 'Give one of the two another name in libs/home/facts.ts',
      },
    ],
  ],
  [
    ['gpu', 'zigbee'],
    [
      expect.objectContaining({ what: expect.stringContaining('devices[1] "zigbee" must lie at one path') }),
      {
        what: 'devices gpu, zigbee must be devices of one node, but none has all of them',
        remedy: 'Take one out, or plug them into one machine',
      },
    ],
  ],
])('says of the devices %j what no node can do', (devices, mistakes) => {
  expect([...checkDevices(devices)]).toEqual(mistakes);
});
