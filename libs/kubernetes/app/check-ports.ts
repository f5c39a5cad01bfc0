import { addressPort } from './app-ports';
import type { GivenProps, Mistake } from './given-props';

/** A port, and how a message names it. */
interface Taken {
  readonly prop: string;
  readonly port: number;
  readonly protocol: string;
}

/** Checks that no two ports of an app are one, and that those with an address can have it. */
export function* checkPorts({ port, ports = {}, containers = {} }: GivenProps): Generator<Mistake> {
  const further = Object.entries(ports).map(([name, one]): Taken => {
    return { prop: `ports.${name}.port`, port: one.port, protocol: one.protocol ?? 'TCP' };
  });
  const own: Taken[] = port === undefined ? [] : [{ prop: 'port', port, protocol: 'TCP' }];
  const beside = Object.entries(containers).flatMap(([name, one]): Taken[] =>
    one.port === undefined ? [] : [{ prop: `containers.${name}.port`, port: one.port, protocol: 'TCP' }],
  );
  yield* unique([...own, ...further, ...beside]);
  for (const [name, { protocol, host }] of Object.entries(ports))
    if (host !== undefined && protocol === 'UDP')
      yield {
        what: `ports.${name}.host ${JSON.stringify(host)} must stand at a TCP port: the ingress speaks HTTP`,
        remedy: 'Take it out, or the protocol',
      };
  if (port === undefined) return;
  if (Object.hasOwn(ports, addressPort.name))
    yield {
      what: `ports.${addressPort.name} must have another name: the port of its address has it`,
      remedy: 'Rename it',
    };
  const same = further.find((one) => one.port === addressPort.number && one.protocol === 'TCP');
  if (same !== undefined && port !== addressPort.number)
    yield {
      what: `${same.prop} ${addressPort.number} must be another port: its Service has the address there`,
      remedy: `Make it the app's port, and the other one of ports`,
    };
}

function* unique(all: readonly Taken[]): Generator<Mistake> {
  for (const [index, { prop, port, protocol }] of all.entries()) {
    const other = all.slice(0, index).find((one) => one.port === port && one.protocol === protocol);
    if (other === undefined) continue;
    const what = `${prop} ${port} must be a port of its own, but ${other.prop} is the same for ${protocol}`;
    yield { what, remedy: 'All containers of a pod share its ports: write another one' };
  }
}
