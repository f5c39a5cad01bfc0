import { type Place, absolutePath, noWayUp } from './place';

/** Folders of machines and of shares, in pods and in PersistentVolumes alike. */
export function checkPlaces(volume: Place): void {
  for (const host of volume.blocks('host_path')) {
    host.fill('path');
    host.named(noWayUp, 'path');
  }
  for (const share of volume.blocks('nfs')) {
    share.fill('server', 'path');
    share.named(absolutePath, 'path');
  }
}
