import { isClusterWide } from '@home/kubernetes';
import { isPlainObject } from '@home/terraform';
import type { Path } from '../source/read-yaml';
import type { Arguments } from './convert-object';

/** Which object is meant: objects of kinds without a namespace have none. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A place in an object's arguments that names another object. */
export interface Link {
  readonly path: Path;
  readonly to: ObjectName;
}

/** Where an object of a kind is named; blocks' indices left out. `*` takes the kind from the argument beside it. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^metadata\.namespace$/, 'Namespace'],
  [/^subject\.namespace$/, 'Namespace'],
  [/(^|\.)service_account_name$/, 'ServiceAccount'],
  [/\.config_map(_ref|_key_ref)?\.name$/, 'ConfigMap'],
  [/\.secret(_ref|_key_ref)?\.name$|\.image_pull_secrets\.name$|^(image_pull_)?secret\.name$/, 'Secret'],
  [/\.volume\.secret\.secret_name$|\.tls\.secret_name$/, 'Secret'],
  [/\.persistent_volume_claim\.claim_name$/, 'PersistentVolumeClaim'],
  [/\.backend\.service\.name$|\.client_config\.service\.name$|^spec\.service_name$/, 'Service'],
  [/\.storage_class_name$/, 'StorageClass'],
  [/^spec\.ingress_class_name$/, 'IngressClass'],
  [/\.priority_class_name$/, 'PriorityClass'],
  [/\.runtime_class_name$/, 'RuntimeClass'],
  [/^role_ref\.name$|^subject\.name$|\.scale_target_ref\.name$/, '*'],
];

/** Every place where an object names another. */
export function linksIn(given: Arguments, namespace: string | undefined): Link[] {
  return collect(given, [], {}, namespace);
}

function collect(value: unknown, path: Path, beside: Arguments, namespace: string | undefined): Link[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => collect(item, [...path, index], beside, namespace));
  }
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      collect(member, [...path, key], value, namespace),
    );
  }
  if (typeof value !== 'string' || value === '') return [];
  const shown = path.filter((step) => typeof step === 'string').join('.');
  const kind = places.find(([place]) => place.test(shown))?.[1];
  const meant = kind === '*' ? beside['kind'] : kind;
  if (typeof meant !== 'string') return [];
  const other =
    typeof beside['namespace'] === 'string' && !shown.endsWith('namespace') ? beside['namespace'] : namespace;
  return [
    {
      path,
      to: {
        kind: meant,
        name: value,
        ...(!isClusterWide(meant) && other !== undefined && { namespace: other }),
      },
    },
  ];
}

/** One text for each object that can be meant. */
export const keyOf = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${isClusterWide(kind) ? '' : (namespace ?? '')} ${name}`;
