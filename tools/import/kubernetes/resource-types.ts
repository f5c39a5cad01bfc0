import { type BlockSchema, readRecordedSchema, requiredProvider, schemaOf } from '@home/providers';
import { join } from 'node:path';
import { declaredTypes, typeOfKind } from './kubernetes-types';
import { plain } from './match-fields';

/** A resource of the provider that is one kind of object. */
export interface ResourceType {
  readonly name: string;
  readonly block: BlockSchema;
}

/** One of Kubernetes' own kinds of objects. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
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
  return resources.get(wordOf({ apiVersion, kind }));
}

let kinds: ReadonlyMap<string, ObjectKind> | undefined;

/**
 * The kind of object that a resource makes: `kubernetes_ingress_v1` → `networking.k8s.io/v1 Ingress`.
 *
 * @returns undefined for a resource that makes no object, or one of many kinds
 */
export function kindOfResource(name: string): ObjectKind | undefined {
  kinds ??= new Map(
    declaredTypes().map(([apiVersion, kind]) => [wordOf({ apiVersion, kind }), { apiVersion, kind }]),
  );
  const found = kinds.get(plain(name));
  return found && typeOfKind(found.apiVersion, found.kind) && found;
}

/** What a kind and its resource have in common. */
const wordOf = ({ apiVersion, kind }: ObjectKind): string =>
  plain(`kubernetes${kind}${apiVersion.split('/').at(-1)}`);

function readResources(): Map<string, ResourceType> {
  const source = requiredProvider('kubernetes')?.source ?? '';
  const schemas = schemaOf(readRecordedSchema(wholeSchema), source)?.resource_schemas ?? {};
  return new Map(Object.entries(schemas).map(([name, { block = {} }]) => [plain(name), { name, block }]));
}
