import type { Scene } from '../scene';
import { damagedReplicas } from './damaged-replicas';
import { gracefulRestarts } from './graceful-restarts';
import { hardStops } from './hard-stops';
import { silentStarts } from './silent-starts';
import { storeFaults } from './store-faults';
import { tornFiles } from './torn-files';
import { twoWriters } from './two-writers';
import { verification } from './verification';

/** All that is proved. */
export const scenes: readonly Scene[] = [
  ...gracefulRestarts,
  ...hardStops,
  ...tornFiles,
  ...storeFaults,
  ...silentStarts,
  ...damagedReplicas,
  ...twoWriters,
  ...verification,
];
