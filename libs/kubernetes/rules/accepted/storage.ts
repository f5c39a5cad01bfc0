import { dnsSubdomain, labelKey } from '../names';
import { type Place, amountFault, noWayUp, quoted } from './place';
import { checkNodeTerm, checkSelector } from './selectors';
import { checkPlaces } from './folders';

function checkModes(spec: Place): void {
  const modes = spec.items('access_modes');
  if (Array.isArray(spec.body['access_modes']) && modes.length === 0)
    spec.refuse('access_modes', 'must have one mode or more', "Write ['ReadWriteOnce']");
  if (modes.length > 1 && modes.includes('ReadWriteOncePod'))
    spec.refuse('access_modes', 'must not have others beside "ReadWriteOncePod"', 'Take them out');
}

/** The size of something that is stored. */
function checkSize(place: Place, list: string): void {
  if (place.isOpen(list)) return;
  const size = Object.fromEntries(place.members(list))['storage'];
  const fault = size === undefined ? 'must be given' : amountFault(size, true);
  if (fault !== undefined)
    place.refuse(
      [list, 'storage'],
      size === undefined ? fault : `${fault}, but is ${quoted(size)}`,
      'Write it like "1Gi"',
    );
}

/** What a claim wants, by itself, of a StatefulSet or of a pod. */
export function checkClaimSpec(spec: Place): void {
  checkModes(spec);
  spec.named(dnsSubdomain(), 'storage_class_name');
  for (const selector of spec.blocks('selector')) checkSelector(selector);
  for (const resources of spec.blocks('resources')) checkSize(resources, 'requests');
}

/** PersistentVolumes. */
export function checkVolume(spec: Place): void {
  checkModes(spec);
  const others = spec.members('capacity').filter(([name]) => name !== 'storage');
  if (others.length === 0 && spec.has('capacity')) checkSize(spec, 'capacity');
  for (const [name] of others)
    spec.refuse(['capacity', name], 'must be storage, which is all that a volume has', 'Take it out');
  spec.named(dnsSubdomain(), 'storage_class_name');
  for (const term of spec.blocks('node_affinity', 'required', 'node_selector_term')) checkNodeTerm(term);
  for (const source of spec.blocks('persistent_volume_source')) checkSource(source, spec);
}

function checkSource(source: Place, spec: Place): void {
  const given = Object.keys(source.body).filter((name) => source.has(name));
  if (given.length !== 1)
    source.refuse(
      [],
      `must have one source, but has ${given.join(' and ') || 'none'}`,
      given.length === 0 ? 'Add one' : 'Take one of them out',
    );
  checkPlaces(source);
  for (const csi of source.blocks('csi')) csi.fill('driver', 'volume_handle');
  for (const local of source.blocks('local')) {
    local.fill('path');
    local.named(noWayUp, 'path');
    if (!spec.has('node_affinity'))
      spec.refuse('node_affinity', 'must say which node has the local volume', 'Add it');
  }
  const isRoot = source.blocks('host_path').some((host) => /^\/+$/.test(host.text('path') ?? ''));
  if (isRoot && spec.text('persistent_volume_reclaim_policy') === 'Recycle')
    spec.refuse(
      'persistent_volume_reclaim_policy',
      'must not be "Recycle" for the whole host',
      'Write "Retain"',
    );
}

/** StorageClasses. */
export function checkStorageClass(object: Place): void {
  object.fill('storage_provisioner');
  object.named((text) => labelKey(text.toLowerCase()), 'storage_provisioner');
  if (object.members('parameters').some(([name]) => name === ''))
    object.refuse('parameters', 'must have no empty name', 'Take it out');
  for (const label of object.blocks('allowed_topologies', 'match_label_expressions')) {
    if (!label.has('values')) label.refuse('values', 'must have one value or more', 'Add one');
  }
  if (object.text('reclaim_policy') === 'Recycle')
    object.refuse('reclaim_policy', 'must be "Delete" or "Retain", but is "Recycle"', 'Write one of them');
}
