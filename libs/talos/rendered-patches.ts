import { type OwnedBlock, addressOf, resolve } from '@home/terraform';
import { parseAllDocuments } from 'yaml';

/** One document of a patch, as it stands in the generated file. */
export interface RenderedPatch {
  /** Where a message points. */
  readonly where: string;
  /** The address of the machine's configuration that it is a patch of. */
  readonly machine: string;
  /** Undefined when the text is no YAML mapping. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
}

/** The patches of all machine configurations in the home; those that only Terraform can render are left out. */
export function renderedPatches(home: readonly OwnedBlock[]): RenderedPatch[] {
  return home
    .filter(({ block }) => block.kind === 'data' && block.type === 'talos_machine_configuration')
    .flatMap(({ owner, block }) => {
      const patches = resolve(block.body['config_patches']);
      const machine = addressOf(block);
      return (Array.isArray(patches) ? patches : []).flatMap((patch: unknown, index) =>
        typeof patch === 'string'
          ? documentsOf(patch).map((document) => ({
              where: `${owner.where}: ${machine}: config_patches[${index}]`,
              machine,
              document,
            }))
          : [],
      );
    });
}

function documentsOf(text: string): RenderedPatch['document'][] {
  const documents = parseAllDocuments(text);
  return (Array.isArray(documents) ? documents : []).map((document) => {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isMapping(value) ? value : undefined;
  });
}

/** Tells whether a parsed value has keys. */
export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
