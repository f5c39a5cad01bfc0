import { checkDivisor } from './containers';
import { checkPlaces } from './folders';
import { checkClaimSpec } from './storage';
import { checkField, resourceFault } from './downward';
import { type Place, amountFault, noWayUp, quoted, relativePath } from './place';

/** The volumes of a pod. */
export function checkVolumes(pod: Place): void {
  for (const volume of pod.blocks('volume')) {
    checkSources(
      volume,
      Object.keys(volume.body).filter((name) => name !== 'name'),
    );
    checkPlaces(volume);
    for (const map of volume.blocks('config_map')) {
      map.need('name');
      checkFiles(map);
    }
    for (const secret of volume.blocks('secret')) {
      secret.need('secret_name');
      checkFiles(secret);
    }
    for (const claim of volume.blocks('persistent_volume_claim')) claim.fill('claim_name');
    for (const csi of volume.blocks('csi')) csi.fill('driver');
    for (const source of volume.blocks('git_repo')) source.named(noWayUp, 'directory');
    for (const projected of volume.blocks('projected')) checkProjected(projected);
    for (const downward of volume.blocks('downward_api')) checkDownward(downward);
    for (const spec of volume.blocks('ephemeral', 'volume_claim_template', 'spec')) checkClaimSpec(spec);
    for (const dir of volume.blocks('empty_dir')) {
      const fault = amountFault(dir.body['size_limit']);
      if (fault === 'must not be below 0') dir.refuse('size_limit', fault, 'Correct it');
    }
  }
}

/** A volume has one source. Without any it is an emptyDir. */
function checkSources(volume: Place, names: readonly string[]): void {
  const given = names.filter((name) => volume.has(name));
  if (given.length > 1)
    volume.refuse([], `must have one source, but has ${given.join(' and ')}`, 'Take one of them out');
}

function checkFiles(source: Place): void {
  checkMode(source, 'default_mode');
  for (const item of source.blocks('items')) {
    item.fill('key', 'path');
    item.named(relativePath, 'path');
    item.named(
      (path) =>
        path.startsWith('..') && !path.startsWith('../') && path !== '..'
          ? 'must not begin with ".."'
          : undefined,
      'path',
    );
    checkMode(item, 'mode');
  }
}

/** The provider takes permissions in octal, and wants to see that they are. */
function checkMode(place: Place, name: string): void {
  const mode = place.text(name);
  if (mode !== undefined && !/^0[0-7]{0,3}$/.test(mode))
    place.refuse(
      name,
      `must be from "0000" to "0777", but is ${quoted(mode)}`,
      'Write it in octal, such as "0640"',
    );
}

function checkProjected(projected: Place): void {
  checkMode(projected, 'default_mode');
  for (const sources of projected.blocks('sources')) {
    for (const source of [...sources.blocks('config_map'), ...sources.blocks('secret')]) {
      source.need('name');
      checkFiles(source);
    }
    for (const downward of sources.blocks('downward_api')) checkDownward(downward);
    for (const token of sources.blocks('service_account_token')) {
      token.fill('path');
      token.named(relativePath, 'path');
      token.range(600, 2 ** 32, 'expiration_seconds');
    }
  }
}

function checkDownward(downward: Place): void {
  checkMode(downward, 'default_mode');
  for (const item of downward.blocks('items')) {
    item.fill('path');
    item.named(relativePath, 'path');
    checkMode(item, 'mode');
    if (item.has('field_ref') && item.has('resource_field_ref'))
      item.refuse('resource_field_ref', 'must not stand beside field_ref', 'Take one of the two out');
    for (const ref of item.blocks('field_ref')) checkField(ref, 'file');
    for (const ref of item.blocks('resource_field_ref')) {
      ref.need('container_name');
      ref.named(resourceFault, 'resource');
      checkDivisor(ref);
    }
  }
}

/** What a container mounts, and where. */
export function checkMounts(container: Place): void {
  const mayBePrivileged =
    container.isOpen('security_context') ||
    container
      .blocks('security_context')
      .some((security) => security.is('privileged', true) || security.isOpen('privileged'));
  for (const mount of container.blocks('volume_mount')) {
    mount.fill('name', 'mount_path');
    mount.named(relativePath, 'sub_path', 'sub_path_expr');
    if (mount.has('sub_path') && mount.has('sub_path_expr'))
      mount.refuse('sub_path_expr', 'must not stand beside sub_path', 'Take one of the two out');
    if (mount.text('mount_propagation') === 'Bidirectional' && !mayBePrivileged)
      mount.refuse(
        'mount_propagation',
        'must not be "Bidirectional" in a container that is not privileged',
        'Write "HostToContainer"',
      );
  }
}

/** What a container gets as a device: a claim, at a path where nothing is mounted. */
export function checkDevices(container: Place, pod: Place): void {
  const mounts = container.blocks('volume_mount');
  for (const device of container.blocks('volume_device')) {
    device.fill('name', 'device_path');
    device.named(noWayUp, 'device_path');
    const [name, path] = [device.text('name'), device.text('device_path')];
    if (name !== undefined && mounts.some((mount) => mount.text('name') === name))
      device.refuse('name', `must not be mounted as well, but ${quoted(name)} is`, 'Take one of the two out');
    else if (path !== undefined && mounts.some((mount) => mount.text('mount_path') === path))
      device.refuse(
        'device_path',
        `must not be a mount path as well, but ${quoted(path)} is`,
        'Choose another one',
      );
    const volume = pod.blocks('volume').find((one) => name !== undefined && one.text('name') === name);
    if (volume !== undefined && !volume.has('persistent_volume_claim') && !volume.has('ephemeral'))
      device.refuse('name', `must be a volume of a claim, but ${quoted(name)} is none`, 'Mount it instead');
  }
}
