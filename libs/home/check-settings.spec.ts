import { formatProblem } from '@home/terraform';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { checkFacts } from './check-facts';
import { facts } from './facts';
import { formats } from './formats';
import type { HomeFacts, NodeFacts } from './generated/facts';

const [reference] = facts.network.nodes as [NodeFacts];
const [path, pi] = ['libs/home/facts.ts: network.nodes[0]', reference.interface];

const withNode = (changed: object): HomeFacts => ({
  ...facts,
  network: { ...facts.network, nodes: [{ ...reference, ...changed }] },
});
const check = (changed: object): string[] => checkFacts(withNode(changed)).map(formatProblem);

const links = [{ mac: 'e4:5f:01:2b:83:69' }, { name: 'enp2s0' }];
const bond = (changed: object = {}) => ({ interface: { bond: { links, bondMode: '802.3ad', ...changed } } });

it.each<[string, object]>([
  ['a VLAN and large packets', { interface: { ...pi, vlan: 4094, mtu: 9000 } }],
  ['a bond', bond({ lacpRate: 'fast', xmitHashPolicy: 'layer3+4', miimon: 50 })],
  ['a bond on a VLAN', { interface: { ...bond().interface, vlan: 1, mtu: 1280 } }],
  ['a disk by its serial', { installDisk: { serial: 'S6PXNX0T1*' } }],
  ['a disk by its size and type', { installDisk: { size: '>= 1.5TB', type: 'nvme' } }],
  ['extensions', { extensions: ['siderolabs/iscsi-tools', 'siderolabs/util-linux-tools'] }],
  [
    'kernel arguments',
    { kernelArguments: ['-console', 'console=ttyS0,115200', 'vlan=end0.20:end0', 'quiet'] },
  ],
  ['encryption', { encryption: { keys: [{ nodeID: {} }, { kms: { endpoint: 'https://10.0.0.5:4050' } }] } }],
  ['a TPM', { hardware: 'generic-amd64', encryption: { keys: [{ tpm: {} }], cipher: 'aes-xts-plain64' } }],
  [
    'patches in Talos’ own words',
    {
      patches: [
        { apiVersion: 'v1alpha1', kind: 'WatchdogTimerConfig', device: '/dev/watchdog0' },
        { machine: { sysctls: { 'vm.max_map_count': '262144' } } },
      ],
    },
  ],
])('accepts %s', (_, changed) => {
  expect(check(changed)).toEqual([]);
});

const documented =
  'Talos 1.13 documents it: https://docs.siderolabs.com/talos/v1.13/reference/configuration/.';
const vlan = 'must be the number of a VLAN, from 1 to 4094. Write what the switch calls it, or leave it out.';
const mtu =
  'must be from 1280, which IPv6 needs, to 9216. Write what the switch and its neighbours take: 1500, or 9000.';
const key =
  'must be one key: nodeID, tpm or kms. Write { nodeID: {} }, { tpm: {} } or { kms: { endpoint: "https://…" } }; a passphrase would stand in the repository.';
const argument =
  'must be one argument of the kernel, without spaces or quotes. Write it like "net.ifnames=0" or "-console".';
const secret =
  'must not stand in the facts, which everybody can read. docs/chores/reach-the-home-from-outside.md tells how a secret gets to a machine.';
const wireguard = { apiVersion: 'v1alpha1', kind: 'WireguardConfig', name: 'wg0', privateKey: 'a' };
const tailscale = { apiVersion: 'v1alpha1', kind: 'ExtensionServiceConfig', name: 'tailscale' };

it.each<[object, string]>([
  [{ interface: { ...pi, vlan: 0 } }, `interface.vlan 0 ${vlan}`],
  [{ interface: { ...pi, vlan: 4095 } }, `interface.vlan 4095 ${vlan}`],
  [{ interface: { ...pi, vlan: 1.5 } }, 'interface.vlan 1.5 must be a whole number. Correct it.'],
  [{ interface: { ...bond().interface, vlan: 5000 } }, `interface.vlan 5000 ${vlan}`],
  [{ interface: { ...pi, mtu: 1279 } }, `interface.mtu 1279 ${mtu}`],
  [{ interface: { ...pi, mtu: 15000 } }, `interface.mtu 15000 ${mtu}`],
  [
    { interface: { ...pi, mtu: '9000' } },
    'interface.mtu "9000" must be a whole number. Write it without quotes.',
  ],
  [{ interface: { ...pi, vlanID: 5 } }, 'interface.vlanID must be a known name. Did you mean vlan?'],
  [
    bond({ links: links.slice(1) }),
    'interface.bond.links [{"name":"enp2s0"}] must name at least two interfaces, and each once. Name another one, or the one alone and no bond.',
  ],
  [
    bond({ links: [links[1], links[1]] }),
    'interface.bond.links [{"name":"enp2s0"},{"name":"enp2s0"}] must name at least two interfaces, and each once. Name another one, or the one alone and no bond.',
  ],
  [
    bond({ links: [...links, { mac: 'E4:5F:01:2B:83:69' }] }),
    'interface.bond.links[2].mac "e4:5f:01:2b:83:69" must be unique, but network.nodes[0].interface.bond.links[0].mac has it too. Give each node the MAC of its own.',
  ],
  [
    bond({ links: ['enp1s0', links[1]] }),
    'interface.bond.links[0] "enp1s0" must name an interface either by its MAC or as the kernel does. Write { mac: "e4:5f:01:2b:83:69" } or { name: "enp1s0" }.',
  ],
  [
    bond({ links: [links[1], { mac: '69' }] }),
    'interface.bond.links[1].mac "69" must be a MAC address. Write six pairs, such as "e4:5f:01:2b:83:69".',
  ],
  [bond({ bondMode: undefined }), 'interface.bond.bondMode must be there. Add it.'],
  [
    bond({ bondMode: 'lacp' }),
    'interface.bond.bondMode "lacp" must be one of "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb". Write one of them.',
  ],
  [bond({ miimon: 0 }), 'interface.bond.miimon 0 must be from 1 to 60000 milliseconds. Write it like 100.'],
  [
    bond({ bondMode: 'active-backup', lacpRate: 'fast' }),
    'interface.bond.lacpRate "fast" must not be set with the mode "active-backup", which has no such thing. Take it out, or choose "802.3ad".',
  ],
  [
    bond({ bondMode: 'balance-rr', xmitHashPolicy: 'layer2' }),
    'interface.bond.xmitHashPolicy "layer2" must not be set with the mode "balance-rr", which has no such thing. Take it out, or choose "balance-xor" or "802.3ad" or "balance-tlb".',
  ],
  [{ installDisk: {} }, 'installDisk {} must say which disk. Write its serial, or the size it has at least.'],
  [
    { installDisk: 5 },
    'installDisk 5 must be the path of a disk, or say which disk. Write it like "/dev/mmcblk0" or { serial: "S6PXNX0T123456" }.',
  ],
  [
    { installDisk: { size: '100' } },
    'installDisk.size "100" must be a size with its unit. Write it like ">= 100GB".',
  ],
  [
    { installDisk: { name: 'sda' } },
    'installDisk.name must be a known name. Use one of serial, wwid, model, size, type.',
  ],
  [
    { installDisk: { type: 'floppy' } },
    'installDisk.type "floppy" must be one of "ssd", "hdd", "nvme", "sd". Write one of them.',
  ],
  [
    { extensions: ['iscsi-tools'] },
    'extensions[0] "iscsi-tools" must be the name of an official extension, without its version. Write it like "siderolabs/iscsi-tools".',
  ],
  [
    { extensions: ['siderolabs/zfs:2.3'] },
    'extensions[0] "siderolabs/zfs:2.3" must be the name of an official extension, without its version. Write it like "siderolabs/iscsi-tools".',
  ],
  [
    { extensions: ['siderolabs/zfs', 'siderolabs/zfs'] },
    'extensions ["siderolabs/zfs","siderolabs/zfs"] must name each extension once. Take the second one out.',
  ],
  [{ kernelArguments: ['a b'] }, `kernelArguments[0] "a b" ${argument}`],
  [{ kernelArguments: ['a="b"'] }, `kernelArguments[0] "a=\\"b\\"" ${argument}`],
  [{ kernelArguments: [''] }, `kernelArguments[0] "" ${argument}`],
  [
    { kernelArguments: ['quiet', 'off'] },
    'kernelArguments[1] "off" must be more than a word that YAML takes for true, false or a number. Write it like "net.ifnames=0" or "-console".',
  ],
  [
    { kernelArguments: ['ip=10.0.0.2:'] },
    'kernelArguments[0] "ip=10.0.0.2:" must not end with a colon. Write it like "net.ifnames=0" or "-console".',
  ],
  [{ encryption: {} }, 'encryption.keys must be there. Add it.'],
  [
    { encryption: { keys: [] } },
    'encryption.keys [] must hold one to eight keys, and each once. Write [{ nodeID: {} }].',
  ],
  [
    { encryption: { keys: [{ nodeID: {} }, { nodeID: {} }] } },
    'encryption.keys [{"nodeID":{}},{"nodeID":{}}] must hold one to eight keys, and each once. Write [{ nodeID: {} }].',
  ],
  [
    { encryption: { keys: [{ static: { passphrase: 'a' } }] } },
    `encryption.keys[0] {"static":{"passphrase":"a"}} ${key}`,
  ],
  [{ encryption: { keys: ['tpm'] } }, `encryption.keys[0] "tpm" ${key}`],
  [
    { encryption: { keys: [{ nodeID: {}, kms: { endpoint: 'https://10.0.0.5:4050' } }] } },
    `encryption.keys[0] {"nodeID":{},"kms":{"endpoint":"https://10.0.0.5:4050"}} ${key}`,
  ],
  [
    { encryption: { keys: [{ kms: { endpoint: 'http://10.0.0.5' } }] } },
    'encryption.keys[0].kms.endpoint "http://10.0.0.5" must be https with a host and a port. Write it like "https://192.168.107.5:4050".',
  ],
  [
    { encryption: { keys: [{ nodeID: {} }, { tpm: {} }] } },
    'encryption.keys[1] {"tpm":{}} must not be a key of a TPM, which a Raspberry Pi 4 does not have. Write { nodeID: {} }, or { kms: … }.',
  ],
  [
    { encryption: { keys: [{ nodeID: {} }], cipher: 'rot13' } },
    'encryption.cipher "rot13" must be one of "aes-xts-plain64", "xchacha12,aes-adiantum-plain64", "xchacha20,aes-adiantum-plain64". Write one of them.',
  ],
  [{ patches: ['machine: {}'] }, 'patches[0] "machine: {}" must be an object. Write { … }.'],
  [
    { patches: [{}, { kind: 'LinkConfig', apiVersion: 'v1alpha1', name: 'a', mtu: '9000' }] },
    `patches[1]: LinkConfig: mtu must be integer. ${documented}`,
  ],
  [
    { patches: [{ machine: { install: { disc: '/dev/sda' } } }] },
    `patches[0]: MainConfig: machine.install must not have "disc", which Talos does not know. Did you mean disk? ${documented}`,
  ],
  [
    { patches: [{ kind: 'LinkConfigs' }] },
    'patches[0]: kind "LinkConfigs" must be a known one. Did you mean LinkConfig?',
  ],
  [{ patches: [wireguard] }, `patches[0].privateKey ${secret}`],
  [
    { patches: [{ ...tailscale, environment: ['TS_AUTH_ONCE=true', 'TS_AUTHKEY=tskey'] }] },
    `patches[0].environment[1] ${secret}`,
  ],
])('tells %j in one line', (changed, message) => {
  expect(check(changed)).toEqual([`${path}.${message}`]);
});

it('takes a MAC for another node’s also inside a bond', () => {
  const nodes = [
    reference,
    { ...reference, name: 'other', role: 'worker', addresses: { v4: '192.168.107.9' }, ...bond() },
  ] as NodeFacts[];
  expect(checkFacts({ ...facts, network: { ...facts.network, nodes } }).map(({ what }) => what)).toEqual([
    'network.nodes[1].interface.bond.links[0].mac "e4:5f:01:2b:83:69" must be unique, but network.nodes[0].interface.mac has it too',
  ]);
});

// The factory's program knows YAML 1.1 as well, and would put quotes where ours puts none.
it('takes for a kernel argument only what both versions of YAML read alike', () => {
  const characters = 'abyYnoOfeE019_.-=:#,;!%@*&|>?[]{}<+~^$()/\\ "\'`ä';
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 }), (text) => {
      fc.pre(formats['kernel-argument'](text) === true);
      expect(parse(stringify([text], { lineWidth: 0 }), { version: '1.1' })).toEqual([text]);
    }),
    { numRuns: 500, examples: [['yes'], ['-no'], ['off'], ['a=b:'], ['y']] },
  );
});
