import { dnsSubdomain } from '../names';
import { type Place, absolutePath, noWayUp } from './place';

/** Folders of machines and of shares, in pods and in PersistentVolumes alike. */
export function checkPlaces(volume: Place): void {
  for (const host of volume.blocks('host_path')) {
    host.fill('path');
    host.named(noWayUp, 'path');
  }
  for (const disk of volume.blocks('iscsi')) disk.named(diskFault, 'iqn');
  for (const csi of volume.blocks('csi')) csi.named(driverFault, 'driver');
  for (const share of volume.blocks('nfs')) {
    share.fill('server', 'path');
    share.named(absolutePath, 'path');
  }
}

const diskFault = (name: string): string | undefined =>
  /^(iqn|eui|naa)\./.test(name) ? undefined : 'must begin with "iqn.", "eui." or "naa."';

const driverFault = (name: string): string | undefined => dnsSubdomain(63)(name.toLowerCase());
