import { createHash } from 'node:crypto';
import { type Hardware, type MachineFacts, compareMinors, minorOf } from '@home/home';
import { type ResourceAttributes, resource } from '@home/providers';
import { type Block, raw, self } from '@home/terraform';
import { stringify } from 'yaml';

/** What an image for one kind of machine is made of, before its facts add to it. */
export interface HardwareProfile {
  readonly architecture: 'amd64' | 'arm64';
  /** Firmware and boot loader of a single-board computer: https://github.com/siderolabs/overlays */
  readonly overlay?: { readonly image: string; readonly name: string };
  /** Official system extensions: https://github.com/siderolabs/extensions */
  readonly extensions: readonly string[];
  /** How the image gets onto the machine. */
  readonly boots: 'from a disk image' | 'from an ISO image';
}

/** The kinds of machine, and what the image factory makes for each. */
export const hardwareProfiles: Readonly<Record<Hardware, HardwareProfile>> = {
  'raspberry-pi-4': {
    architecture: 'arm64',
    overlay: { image: 'siderolabs/sbc-raspberrypi', name: 'rpi_generic' },
    extensions: [],
    boots: 'from a disk image',
  },
  'generic-amd64': { architecture: 'amd64', extensions: [], boots: 'from an ISO image' },
  'generic-arm64': { architecture: 'arm64', extensions: [], boots: 'from an ISO image' },
  // The guest agent lets the hypervisor see addresses and shut the machine down in an orderly way.
  'virtual-machine': {
    architecture: 'amd64',
    extensions: ['siderolabs/qemu-guest-agent'],
    boots: 'from an ISO image',
  },
};

/** What an image contains beside Talos itself, and the name the image factory knows it by. */
export interface Schematic {
  readonly text: string;
  readonly id: string;
}

/** The facts of a machine that its image is made of. */
export type ImageFacts = Pick<MachineFacts, 'hardware' | 'extensions' | 'kernelArguments'>;

/**
 * The schematic of a machine. The factory names a schematic by the hash of its canonical text, and this is that text, so
 * that an image's address is known before anybody asks the factory:
 * https://github.com/siderolabs/image-factory/blob/main/pkg/schematic/schematic.go
 */
export function schematicOf({ hardware, extensions = [], kernelArguments = [] }: ImageFacts): Schematic {
  const { overlay, extensions: ofHardware } = hardwareProfiles[hardware];
  const officialExtensions = [...new Set([...ofHardware, ...extensions])].sort();
  const customization = {
    ...(kernelArguments.length > 0 && { extraKernelArgs: [...kernelArguments] }),
    ...(officialExtensions.length > 0 && { systemExtensions: { officialExtensions } }),
  };
  // The factory's order, and no line is folded.
  const text = stringify({ ...(overlay && { overlay }), customization }, { indent: 4, lineWidth: 0 });
  return { text, id: createHash('sha256').update(text).digest('hex') };
}

/** What messages and Terraform call a schematic: its hardware, and more where a machine's facts ask for more. */
function schematicName(facts: ImageFacts): string {
  const { id } = schematicOf(facts);
  const { hardware } = facts;
  return id === schematicOf({ hardware }).id ? hardware : `${hardware}-${id.slice(0, 8)}`;
}

/**
 * Makes the schematics of machines known to the image factory, which serves no image of one it has never seen. Machines
 * with the same one share it. The id is known beforehand; should the factory come to another one, the apply says so
 * before a machine asks for an image that is not there.
 */
export function imageSchematics(
  nodes: readonly ImageFacts[],
): Block<ResourceAttributes<'talos_image_factory_schematic'>>[] {
  const distinct = new Map(nodes.map((node) => [schematicName(node), schematicOf(node)]));
  return [...distinct].map(([name, { text, id }]) =>
    resource('talos_image_factory_schematic', name, {
      schematic: text,
      lifecycle: {
        postcondition: [
          {
            condition: raw<boolean>('', self<{ id: string }>().id, ' == ', id),
            error_message: `The image factory knows the schematic of ${name} under another id than libs/talos/schematic.ts.`,
          },
        ],
      },
    }),
  );
}

/** Where images are made on request: https://factory.talos.dev */
const factory = 'factory.talos.dev';

/** The image that Talos is installed and upgraded from. */
export function installerImage(facts: ImageFacts, version: string): string {
  // Until 1.9 one installer served all platforms.
  const name = compareMinors(minorOf(version) ?? '', '1.10') < 0 ? 'installer' : 'metal-installer';
  return `${factory}/${name}/${schematicOf(facts).id}:${version}`;
}

/** The address of the image that a blank machine boots from. */
export function bootImage(facts: ImageFacts, version: string): string {
  const { architecture, boots } = hardwareProfiles[facts.hardware];
  const file = boots === 'from an ISO image' ? `metal-${architecture}.iso` : `metal-${architecture}.raw.xz`;
  return `https://${factory}/image/${schematicOf(facts).id}/${version}/${file}`;
}
