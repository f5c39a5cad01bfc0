import { portName } from '../names';
import { type Place } from './place';

const probes = ['liveness_probe', 'readiness_probe', 'startup_probe'];

/** What asks a container how it is, and what tells it that it begins or ends. */
export function checkProbes(container: Place): void {
  for (const name of probes) for (const probe of container.blocks(name)) checkProbe(probe, name);
  for (const lifecycle of container.blocks('lifecycle')) {
    for (const hook of ['post_start', 'pre_stop']) {
      // One without a list around it is refused as such.
      const handlers = Array.isArray(lifecycle.body[hook]) ? lifecycle.blocks(hook) : [];
      for (const handler of handlers) checkHandler(handler, hookHandlers);
    }
  }
}

const hookHandlers = ['exec', 'http_get', 'tcp_socket'];

function checkProbe(probe: Place, name: string): void {
  probe.range(0, Infinity, 'initial_delay_seconds');
  // The provider takes no 0, for which Kubernetes would take its default.
  probe.range(1, Infinity, 'period_seconds', 'timeout_seconds', 'failure_threshold', 'success_threshold');
  const successes = probe.number('success_threshold') ?? 1;
  if (name !== 'readiness_probe' && successes > 1)
    probe.refuse('success_threshold', `must be 1, but is ${successes}`, 'Leave it out');
  checkHandler(probe, [...hookHandlers, 'grpc']);
}

function checkHandler(place: Place, handlers: readonly string[]): void {
  place.chooseOne('handler', handlers);
  for (const exec of place.blocks('exec')) {
    if (!exec.has('command')) exec.refuse('command', 'must have a program', "Write command: ['…']");
  }
  for (const http of place.blocks('http_get')) {
    checkPortName(http);
    for (const header of http.blocks('http_header')) {
      header.fill('name');
      header.named(
        (text) => (/^[-A-Za-z0-9]+$/.test(text) ? undefined : 'must be letters, digits and dashes'),
        'name',
      );
    }
  }
  for (const socket of place.blocks('tcp_socket')) checkPortName(socket);
  for (const grpc of place.blocks('grpc')) grpc.range(1, 65535, 'port');
}

/** A port by its number is held to its range by another rule. */
function checkPortName(place: Place): void {
  place.fill('port');
  const port = place.text('port');
  if (port !== undefined && !/^\d+$/.test(port)) place.named(portName, 'port');
}
