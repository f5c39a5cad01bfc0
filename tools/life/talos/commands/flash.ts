import { type MachineFacts, addressOf } from '@home/home';
import { bootImage, hardwareProfiles, schematicOf } from '@home/talos';
import { refuse } from '@home/terraform';
import { type Chore, type Workplace, nodeNamed } from '../chore';

/** Where schematics are made known: https://github.com/siderolabs/image-factory#http-frontend-api */
const schematics = 'https://factory.talos.dev/schematics';

export const flash: Chore = {
  usage: 'flash NODE',
  summary: "prints a node's image, its checksum and the commands that write it",
  async run(workplace, { names }) {
    const node = nodeNamed(workplace, names, flash.usage);
    const address = bootImage(node, workplace.home.versions.talosInstaller);
    workplace.say(`image for ${node.name} (${node.hardware}): ${address}`);
    workplace.say(`sha256: ${await checksum(workplace, node, address)}`);
    workplace.say('');
    for (const line of instructions(node, address)) workplace.say(line);
    return 0;
  },
};

/** The checksum, from the factory, which first has to know the schematic. */
async function checksum({ dryRun }: Workplace, node: MachineFacts, address: string): Promise<string> {
  const later = `curl -fsSL ${address}.sha256`;
  if (dryRun) return later;
  try {
    const { text, id } = schematicOf(node);
    const made: unknown = await (await ask(schematics, { method: 'POST', body: text })).json();
    if (String(Object(made).id) !== id) {
      refuse(
        `node ${node.name}`,
        `has the schematic ${String(Object(made).id)} at the image factory, not ${id}`,
        'Compare libs/talos/schematic.ts with the factory',
      );
    }
    const [sum = later] = (await (await ask(`${address}.sha256`)).text()).split(/\s/);
    return sum;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) {
      return `the image factory cannot be reached from here; ask it later: ${later}`;
    }
    throw error;
  }
}

async function ask(address: string, given: RequestInit = {}): Promise<Response> {
  // An image that nobody asked for before is made first.
  const response = await fetch(address, { ...given, signal: AbortSignal.timeout(60_000) });
  if (response.ok) return response;
  refuse(
    address,
    `answers ${response.status} ${response.statusText}`,
    'Try again later, or see https://factory.talos.dev',
  );
}

/** What to type, and what the router has to know. */
function instructions(node: MachineFacts, address: string): string[] {
  const file = address.slice(address.lastIndexOf('/') + 1);
  const fromDisk = hardwareProfiles[node.hardware].boots === 'from a disk image';
  const { interface: connection, installDisk } = node;
  const [link] = 'bond' in connection ? connection.bond.links : [connection];
  const mac = link !== undefined && 'mac' in link ? link.mac : 'its MAC';
  const disk = typeof installDisk === 'string' ? installDisk : JSON.stringify(installDisk);
  const isSimple = connection.vlan === undefined && !('bond' in connection);
  return [
    `curl -fLO ${address}`,
    `curl -fLO ${address}.sha256 && sha256sum -c ${file}.sha256`,
    ...(node.hardware === 'virtual-machine'
      ? [`# Give the virtual machine ${file} as its CD, and a disk that it sees as ${disk}.`]
      : [
          '# Find the card or stick first (lsblk), and mind that everything on it is lost.',
          fromDisk
            ? `xz -dc ${file} | sudo dd of=/dev/sdX bs=4M conv=fsync status=progress`
            : `sudo dd if=${file} of=/dev/sdX bs=4M conv=fsync status=progress`,
        ]),
    `# A blank machine asks for an address by DHCP: let the router give ${addressOf(node)} to ${mac}.`,
    ...(isSimple ? [] : ['# It knows neither VLAN nor bond before it is configured: talos/README.md']),
    '# Then start it, and `npm run deploy` finds it.',
  ];
}
