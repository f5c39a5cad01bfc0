import { type NameCheck } from '../names';

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

/** Says what is wrong with a field of the pod that its containers are told. */
export const fieldFault =
  (as: 'variable' | 'file'): NameCheck =>
  (path) =>
    fields[as].includes(path) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(path)
      ? undefined
      : `must be a field that a pod tells as a ${as}: ${fields[as].join(', ')}, metadata.labels['…'] or metadata.annotations['…']`;

/** Says what is wrong with an amount that a container is told. */
export const resourceFault: NameCheck = (resource) =>
  /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(resource)
    ? undefined
    : 'must be limits or requests of cpu, memory or ephemeral-storage, such as "limits.memory"';
