import { readFileSync } from 'node:fs';
import { type ApiSchema, type KubernetesApi, type ProviderSchema, resourceOfKind } from '@home/providers';
import { refuse } from '@home/terraform';

/** A definition in the OpenAPI document that an API server serves. */
interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

interface OpenApiDocument {
  readonly info: { readonly version: string };
  readonly definitions: Readonly<Record<string, OpenApiSchema>>;
}

/** The name of the recorded document: `kubectl get --raw /openapi/v2` of an API server of that version prints it. */
export const recordedKubernetesApi = (version: string): string => `kubernetes-openapi-${version}.json`;

/**
 * What is kept of Kubernetes' API: the kinds that the provider has a resource for, and what they are made of.
 *
 * @param file the recorded document
 * @param provider all that the provider has
 * @throws ProblemsError when the document is of another version
 */
export function readKubernetesApi(file: string, version: string, provider: ProviderSchema): KubernetesApi {
  const document = JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument;
  if (document.info.version !== version)
    refuse(
      file,
      `must be of Kubernetes ${version}, but is of ${document.info.version}`,
      'Record that version, or name this one in libs/providers/manifest.ts',
    );
  const kinds = Object.entries(document.definitions)
    .flatMap(([name, schema]) => {
      const [only, ...others] = schema['x-kubernetes-group-version-kind'] ?? [];
      if (only === undefined || others.length > 0) return [];
      const apiVersion = [only.group, only.version].filter(Boolean).join('/');
      const types = Object.keys(provider.resource_schemas ?? {});
      const isWanted = resourceOfKind(apiVersion, only.kind, types) !== undefined;
      return isWanted ? [[`${apiVersion} ${only.kind}`, name] as const] : [];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const definitions = new Map<string, ApiSchema>();
  for (const [, name] of kinds) keep(name, document, definitions);
  return {
    '//': `Made by tools/sync-schemas from the OpenAPI document of an API server of Kubernetes ${version}. Make it again: npm run sync-schemas. Do not edit.`,
    version,
    kinds: Object.fromEntries(kinds),
    definitions: Object.fromEntries([...definitions].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** What only the API server writes. */
const unwritten: ReadonlySet<string> = new Set(['status', 'managedFields']);

function keep(name: string, document: OpenApiDocument, kept: Map<string, ApiSchema>): void {
  const schema = document.definitions[name];
  if (schema === undefined || kept.has(name)) return;
  kept.set(name, {});
  kept.set(name, { ...reduce(schema), ...quantity(name) });

  function reduce(part: OpenApiSchema): ApiSchema {
    const { $ref, type, format, enum: choices, properties, required, items, additionalProperties } = part;
    const keys = part['x-kubernetes-list-map-keys'];
    const target = $ref?.replace('#/definitions/', '');
    if (target !== undefined) keep(target, document, kept);
    return {
      ...(target !== undefined && { $ref: target }),
      ...(type && { type }),
      ...(format && { format }),
      ...(choices && { enum: choices }),
      ...(properties && { properties: reduceAll(properties) }),
      ...(required && { required }),
      ...(items && { items: reduce(items) }),
      ...(additionalProperties && { additionalProperties: reduce(additionalProperties) }),
      ...(keys && { keys }),
    };
  }

  function reduceAll(members: Readonly<Record<string, OpenApiSchema>>): Record<string, ApiSchema> {
    const written = Object.entries(members).filter(([member]) => !unwritten.has(member));
    return Object.fromEntries(written.map(([member, part]) => [member, reduce(part)]));
  }
}

/** The document calls an amount a string, and says the rest in a sentence. */
const quantity = (name: string): ApiSchema =>
  name.endsWith('.resource.Quantity') ? { format: 'quantity' } : {};
