import type { Scene } from '../../engine';
import type { DataStage } from '../stage';
import { clocks } from './clocks';
import { damagedReplicas } from './damaged-replicas';
import { formerReplicas } from './former-replicas';
import { gracefulRestarts } from './graceful-restarts';
import { hardStops } from './hard-stops';
import { heartbeats } from './heartbeats';
import { largeDatabase } from './large-database';
import { permissions } from './permissions';
import { restorePoints } from './restore-points';
import { silentStarts } from './silent-starts';
import { storeFaults } from './store-faults';
import { tornFiles } from './torn-files';
import { twoWriters } from './two-writers';
import { verification } from './verification';

/** All that is proved. */
export const scenes: readonly Scene<DataStage>[] = [
  ...gracefulRestarts,
  ...hardStops,
  ...tornFiles,
  ...storeFaults,
  ...silentStarts,
  ...damagedReplicas,
  ...twoWriters,
  ...clocks,
  ...formerReplicas,
  ...restorePoints,
  ...largeDatabase,
  ...heartbeats,
  ...verification,
  ...permissions,
];
