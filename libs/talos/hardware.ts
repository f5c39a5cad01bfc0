import type { Hardware } from '@home/home';

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
