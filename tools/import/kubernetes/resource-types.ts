import { type BlockSchema, readRecordedSchema, requiredProvider, schemaOf } from '@home/providers';
import { join } from 'node:path';
import { plain } from './match-fields';

/** A resource of the provider that is one kind of object. */
export interface ResourceType {
  readonly name: string;
  readonly block: BlockSchema;
}

/** All that the provider has, also what the home does not use: kept by `npm run sync-schemas`. */
export const wholeSchema = join(__dirname, '../../../libs/providers/generated/kubernetes/whole.json.gz');

let resources: ReadonlyMap<string, ResourceType> | undefined;

/**
 * The resource for a kind of object: `autoscaling/v2 HorizontalPodAutoscaler` → `kubernetes_horizontal_pod_autoscaler_v2`.
 *
 * @returns undefined for a kind that the provider has no typed resource for
 */
export function resourceOfKind(apiVersion: string, kind: string): ResourceType | undefined {
  resources ??= readResources();
  return resources.get(plain(`kubernetes${kind}${apiVersion.split('/').at(-1)}`));
}

function readResources(): Map<string, ResourceType> {
  const source = requiredProvider('kubernetes')?.source ?? '';
  const schemas = schemaOf(readRecordedSchema(wholeSchema), source)?.resource_schemas ?? {};
  return new Map(Object.entries(schemas).map(([name, { block = {} }]) => [plain(name), { name, block }]));
}
