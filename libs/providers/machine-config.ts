import { type Problem } from '@home/terraform';
import { type ErrorObject, Ajv2020 } from 'ajv/dist/2020';
import type { MachineDocument } from './generated/talos-machine-config/documents';
import schema from './generated/talos-machine-config/schema.json';
import { machineConfigManifest } from './machine-config-manifest';

type Documents = typeof machineConfigManifest.documents;

/** The document's `kind`; the main one, which came before there were others, has none. */
export function kindOf(document: object): keyof Documents | undefined {
  const kind = 'kind' in document ? String(document.kind) : 'MainConfig';
  return kind in machineConfigManifest.documents ? (kind as keyof Documents) : undefined;
}

let compiled: Ajv2020 | undefined;

/** Compiled at the first use: only one stack needs it. */
function validators(): Ajv2020 {
  compiled ??= new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).addSchema(schema);
  return compiled;
}

/**
 * Checks one document of a machine configuration, or a patch of one, against Talos' recorded schema.
 *
 * @param document the parsed document
 * @param where what a message starts with
 */
export function checkMachineDocument(document: object, where: string): Problem[] {
  const kind = kindOf(document);
  if (kind === undefined) {
    return [
      {
        where,
        what: `kind "${'kind' in document ? String(document.kind) : ''}" must be one of ${Object.keys(machineConfigManifest.documents).join(', ')}`,
        remedy: 'Add it to libs/providers/machine-config-manifest.ts and run `npm run sync-schemas`',
      },
    ];
  }
  const validate = validators().getSchema(`${schema.$id}#/$defs/${machineConfigManifest.documents[kind]}`);
  if (validate === undefined || validate(document)) return [];
  return (validate.errors ?? []).map((error) => problemOf(error, `${where}: ${kind}`));
}

function problemOf({ instancePath, message = '', params, keyword }: ErrorObject, where: string): Problem {
  const path = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
  const remedy = `Talos ${machineConfigManifest.version} documents it: https://docs.siderolabs.com/talos/v${machineConfigManifest.version}/reference/configuration/`;
  const what =
    keyword === 'additionalProperties'
      ? `${path === '' ? '' : `${path} `}must not have "${String(params['additionalProperty'])}", which Talos does not know`
      : `${path} ${message}${keyword === 'enum' ? ` ${JSON.stringify(params['allowedValues'])}` : ''}`.trim();
  return { where, what, remedy };
}

export type { MachineDocument };
