// CoreDNS for the home's network: <name>.<domain> and everything else. https://coredns.io
// It keeps and writes nothing. Open on purpose: it answers every device of the home.
import { home, publicResolver } from '@home/home';
import { configFiles, entryPods, labelsOf, steadyProbes } from '@home/kubernetes';
import { infra } from '@home/platform/namespaces';
import { corefile } from './corefile';
import { zoneFile } from './zone';

const labels = labelsOf('external-coredns', 'dns');
const folder = '/etc/coredns';

const config = configFiles('external-coredns-config', {
  namespace: infra,
  labels,
  files: {
    // The node itself holds port 53 on another address, so both server blocks name theirs.
    Corefile: corefile({
      domain: home.domain,
      bind: home.entry.listensAt,
      zonePath: `${folder}/db.${home.domain}`,
      upstreams: { name: publicResolver.name, addresses: publicResolver.addresses(home) },
    }),
    [`db.${home.domain}`]: zoneFile({
      domain: home.domain,
      hostmaster: home.hostmaster,
      addresses: home.entry.addresses,
    }),
  },
  mountedAt: folder,
  subPath: true,
});

const server = entryPods('external-dns-server', {
  namespace: infra,
  labels,
  uses: [config],
  beyondRestricted: 'It answers at the addresses of the home, IPv6 too, which pods do not have.',
  // CoreDNS must not ask itself through the cluster's resolver.
  spec: { dns_policy: 'Default' },
  container: {
    name: 'dns',
    image: 'coredns/coredns:1.15.0',
    args: ['-conf', `${folder}/Corefile`],
    memory: '64Mi',
    // With its cache full it takes 54 MB, and queries more for a moment:
    // https://github.com/coredns/deployment/blob/master/kubernetes/Scaling_CoreDNS.md
    memoryLimit: '192Mi',
    port: [
      { name: 'dns', container_port: 53, host_port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', container_port: 53, host_port: 53, protocol: 'TCP' },
      { name: 'healthness', container_port: 8080, host_port: 8080 },
      { name: 'readiness', container_port: 8181, host_port: 8181 },
    ],
    root: {
      why: "Its image's own user gets the right to port 53 from a file's capability, which is void without privilege escalation.",
      capabilities: ['NET_BIND_SERVICE'],
    },
    ...steadyProbes(
      { path: '/ready', port: 'readiness', host: '127.0.0.1' },
      { path: '/health', port: 'healthness', host: '127.0.0.1' },
    ),
  },
});

export default [config.block, server];
