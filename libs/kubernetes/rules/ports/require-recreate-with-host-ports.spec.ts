import { dynamicBlock, raw } from '@home/terraform';
import { complaints, container, makesPods } from '../example-home';
import { requireRecreateWithHostPorts } from './require-recreate-with-host-ports';

const podSpec = { container: [container({ port: [{ container_port: 80, host_port: 80 }] })] };
const check = (spec: object) => complaints(requireRecreateWithHostPorts, makesPods('web', { spec, podSpec }));

it.each([
  { strategy: { type: 'Recreate' } },
  { strategy: [{ type: 'Recreate' }] },
  { strategy: { rolling_update: { max_surge: '0', max_unavailable: '1' } } },
  { strategy: { type: raw('var.strategy') } },
  { strategy: { rolling_update: { max_surge: raw('var.surge') } } },
  { strategy: dynamicBlock('each', raw<string[]>('var.strategies'), () => ({})) },
])('accepts case %#', (spec) => {
  expect(check(spec)).toEqual([]);
});

it.each([{}, { strategy: { type: 'RollingUpdate' } }, { strategy: { rolling_update: { max_surge: '1' } } }])(
  'refuses %j',
  (spec) => {
    expect(check(spec)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.web: the pod with host port 80/TCP must end before its successor ' +
        "starts. Use strategy: { type: 'Recreate' }.",
    ]);
  },
);

it('asks it of Deployments with host ports alone', () => {
  expect(complaints(requireRecreateWithHostPorts, makesPods('web', {}))).toEqual([]);
  expect(complaints(requireRecreateWithHostPorts, makesPods('web', { type: 'daemon_set', podSpec }))).toEqual(
    [],
  );
});
