import { type Hardware, compareMinors, minorOf } from '@home/home';
import { hardwareProfiles } from './hardware';
import { schematicOf } from './schematic';

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
