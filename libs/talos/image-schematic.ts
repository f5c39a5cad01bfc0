import type { Hardware } from '@home/home';
import { resource, type ResourceAttributes } from '@home/providers';
import { type Block, raw, self } from '@home/terraform';
import { schematicOf } from './schematic';

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
