import { type Problem, nearestName } from '@home/terraform';
import type { ErrorObject } from 'ajv';
import { join } from 'node:path';
import type { MachineDocument } from './generated/talos-machine-config/documents';
import { type Validator, keepValidator, makeCompiler, sourceOf } from './keep-validator';
import { machineConfigManifest } from './machine-config-manifest';

type Documents = typeof machineConfigManifest.documents;

/** The document's `kind`; the main one, which came before there were others, has none. */
export function kindOf(document: object): keyof Documents | undefined {
  const kind = 'kind' in document ? String(document.kind) : 'MainConfig';
  return kind in machineConfigManifest.documents ? (kind as keyof Documents) : undefined;
}

const schemaFile = join(__dirname, 'generated/talos-machine-config/schema.json');

const validators = new Map<string, Validator>();

/** Made at the first use: only one stack needs it. */
function validatorOf(kind: keyof Documents): Validator {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  const schema = sourceOf(schemaFile);
  const validator = keepValidator({
    name: `talos-machine-config/${kind}`,
    sources: [sourceOf(__filename), schema, machineConfigManifest.documents[kind]],
    given: {},
    compile() {
      const ajv = makeCompiler('ajv/dist/2020', { verbose: true, strict: false, validateFormats: false }, {});
      const document = JSON.parse(schema) as { readonly $id: string };
      ajv.addSchema(document);
      return {
        ajv,
        validate: ajv.getSchema(`${document.$id}#/$defs/${machineConfigManifest.documents[kind]}`),
      };
    },
  });
  validators.set(kind, validator);
  return validator;
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
    const given = 'kind' in document ? String(document.kind) : '';
    const nearest = nearestName(given, Object.keys(machineConfigManifest.documents));
    return [
      {
        where,
        what: `kind "${given}" must be a known one`,
        remedy:
          nearest === undefined
            ? 'libs/providers/machine-config-manifest.ts lists them; add it there, and run `npm run sync-schemas`'
            : `Did you mean ${nearest}?`,
      },
    ];
  }
  const validate = validatorOf(kind);
  if (validate(document)) return [];
  return (validate.errors ?? []).map((error) => problemOf(error, `${where}: ${kind}`));
}

function problemOf(error: ErrorObject, where: string): Problem {
  const { instancePath, message = '', params, keyword, parentSchema } = error;
  const path = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
  const { reader, remedy } = path.startsWith('machine.kubelet.extraConfig') ? kubelet : talos;
  const told: Readonly<Record<string, string>> = {
    additionalProperties: `must not have "${String(params['additionalProperty'])}", which ${reader} does not know`,
    enum: `${message} ${JSON.stringify(params['allowedValues'])}`,
    ...(parentSchema?.['description'] !== undefined && { pattern: `must be ${parentSchema['description']}` }),
  };
  const nearest = nearestName(
    String(params['additionalProperty']),
    Object.keys(parentSchema?.['properties'] ?? {}),
  );
  const guess =
    keyword === 'additionalProperties' && nearest !== undefined ? `Did you mean ${nearest}? ` : '';
  return { where, what: `${path} ${told[keyword] ?? message}`.trim(), remedy: guess + remedy };
}

const { version } = machineConfigManifest;

const talos = {
  reader: 'Talos',
  remedy: `Talos ${version} documents it: https://docs.siderolabs.com/talos/v${version}/reference/configuration/`,
};

const kubelet = {
  reader: 'libs/providers/machine-config-manifest.ts',
  remedy:
    'Kubernetes documents it: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/. ' +
    'What is missing there is added there, and `npm run sync-schemas` run',
};

export type { MachineDocument };
