import { exceedsBaseline } from '@home/kubernetes';
import { resourceBlock } from '@home/terraform';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { importObject } from '../kubernetes/imported-object';
import { SecretVariables } from '../kubernetes/secret-values';
import { readCompose } from './read-compose';
import { serviceManifests } from './service-manifests';
import { needsNode } from './service-pod';

const namespaces = fc.constantFrom('host', 'private');
const sysctls = ['net.core.somaxconn', 'net.ipv4.ip_unprivileged_port_start', 'kernel.msgmax'];

/** What a service may ask of its node. */
const rights = fc.record(
  {
    privileged: fc.boolean(),
    network_mode: fc.constantFrom('host', 'none', 'bridge', 'service:other'),
    pid: namespaces,
    ipc: namespaces,
    cap_add: fc.subarray(['ALL', 'CAP_NET_ADMIN', 'sys_time', 'chown', 'CAP_NET_BIND_SERVICE', 'NET_RAW']),
    cap_drop: fc.constant(['ALL']),
    sysctls: fc.oneof(
      fc.subarray(sysctls).map((names) => Object.fromEntries(names.map((name) => [name, 1]))),
      fc.subarray(sysctls).map((names) => names.map((name) => `${name}=1`)),
    ),
    security_opt: fc.constant(['seccomp:unconfined', 'apparmor=unconfined', 'no-new-privileges']),
    devices: fc.constant(['/dev/dri:/dev/dri']),
    volumes: fc.constant(['/proc:/host/proc', '/var/run/docker.sock:/var/run/docker.sock']),
    ports: fc.constant(['53:53/udp']),
    user: fc.constantFrom('0', '1000:1000'),
  },
  { requiredKeys: [] },
);

// Where a pod goes is asked before there is a pod: its name there is written into others.
it('calls for a node’s namespace where, and only where, the rules refuse its pod elsewhere', () => {
  const secrets = new SecretVariables(new Set(), false);
  fc.assert(
    fc.property(rights, (more) => {
      const text = stringify({ services: { web: { image: 'example.org/web:1.2', ...more } } });
      const [service] = readCompose({ file: 'compose.yml', text }).services;
      if (service === undefined) throw new Error('must have a service');
      const place = { namespace: 'apps', domain: 'home', placed: [], node: 'box' };
      const refused = serviceManifests(service, place).manifests.some((manifest) => {
        const object = importObject(manifest, secrets);
        return object && exceedsBaseline(resourceBlock(object.resource.name, 'web', object.given));
      });
      expect(needsNode(service)).toBe(refused);
    }),
  );
});
