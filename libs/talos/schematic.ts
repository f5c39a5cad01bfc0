import { createHash } from 'node:crypto';
import { type Hardware, compareMinors, minorOf } from '@home/home';
import { type ResourceAttributes, resource } from '@home/providers';
import { type Block, raw, self } from '@home/terraform';
import { stringify } from 'yaml';

/** What an image for one kind of machine is made of. */
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

/**
 * The schematic of one kind of machine. The factory names a schematic by the hash of its canonical text, and this is
 * that text, so that an image's address is known before anybody asks the factory:
 * https://github.com/siderolabs/image-factory/blob/main/pkg/schematic/schematic.go
 */
export function schematicOf(hardware: Hardware): Schematic {
  const { overlay, extensions } = hardwareProfiles[hardware];
  const customization =
    extensions.length === 0 ? {} : { systemExtensions: { officialExtensions: [...extensions].sort() } };
  const text = stringify({ ...(overlay === undefined ? {} : { overlay }), customization }, { indent: 4 });
  return { text, id: createHash('sha256').update(text).digest('hex') };
}

/**
 * Makes a kind of machine's schematic known to the image factory, which serves no image of one it has never seen.
 * The id is known beforehand; should the factory come to another one, the apply says so before a machine asks for an
 * image that is not there.
 */
export function imageSchematic(
  hardware: Hardware,
): Block<ResourceAttributes<'talos_image_factory_schematic'>> {
  const { text, id } = schematicOf(hardware);
  return resource('talos_image_factory_schematic', hardware, {
    schematic: text,
    lifecycle: {
      postcondition: [
        {
          condition: raw<boolean>('', self<{ id: string }>().id, ' == ', id),
          error_message: `The image factory knows the schematic of ${hardware} under another id than libs/talos/schematic.ts.`,
        },
      ],
    },
  });
}

/** Where images are made on request: https://factory.talos.dev */
const factory = 'factory.talos.dev';

/** The image that Talos is installed and upgraded from. */
export function installerImage(hardware: Hardware, version: string): string {
  // Until 1.9 one installer served all platforms.
  const name = compareMinors(minorOf(version) ?? '', '1.10') < 0 ? 'installer' : 'metal-installer';
  return `${factory}/${name}/${schematicOf(hardware).id}:${version}`;
}

/** The address of the image that a blank machine of this kind boots from. */
export function bootImage(hardware: Hardware, version: string): string {
  const { architecture, boots } = hardwareProfiles[hardware];
  const file = boots === 'from an ISO image' ? `metal-${architecture}.iso` : `metal-${architecture}.raw.xz`;
  return `https://${factory}/image/${schematicOf(hardware).id}/${version}/${file}`;
}
