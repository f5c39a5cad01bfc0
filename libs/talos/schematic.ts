import { createHash } from 'node:crypto';
import type { Hardware } from '@home/home';
import { stringify } from 'yaml';
import { hardwareProfiles } from './hardware';

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
