import { type NameCheck, labelKey } from '../names';
import { type Place } from './place';

const everywhere = ['metadata.name', 'metadata.namespace', 'metadata.uid'];

const fields: Readonly<Record<'variable' | 'file', readonly string[]>> = {
  variable: [
    ...everywhere,
    'spec.nodeName',
    'spec.serviceAccountName',
    'status.hostIP',
    'status.hostIPs',
    'status.podIP',
    'status.podIPs',
  ],
  file: [...everywhere, 'metadata.annotations', 'metadata.labels'],
};

/** A field of the pod that its containers are told, as a variable or in a file. */
export function checkField(ref: Place, as: 'variable' | 'file'): void {
  ref.fill('field_path');
  ref.choose('api_version', ['v1']);
  ref.named((path) => fieldFault(path, as), 'field_path');
}

function fieldFault(path: string, as: 'variable' | 'file'): string | undefined {
  const [, key] = /^metadata\.(?:labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  if (key !== undefined) {
    const fault = labelKey(key.toLowerCase());
    return fault === undefined ? undefined : `must name a key that ${fault}`;
  }
  return fields[as].includes(path)
    ? undefined
    : `must be a field that a pod tells as a ${as}: ${fields[as].join(', ')}, metadata.labels['…'] or metadata.annotations['…']`;
}

/** Says what is wrong with an amount that a container is told. */
export const resourceFault: NameCheck = (resource) =>
  /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(resource)
    ? undefined
    : 'must be limits or requests of cpu, memory or ephemeral-storage, such as "limits.memory"';
