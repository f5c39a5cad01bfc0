import type { Scene } from '../../engine';
import type { DataStage } from '../stage';
import { encryption } from './encryption';
import { gracefulRestarts, hardStops } from './ends-of-pods';
import { filesOnAShare } from './files-on-a-share';
import { guardScenes } from './guards';
import { largeDatabase } from './large-database';
import { minioStore } from './minio-store';
import { nodeStops } from './node-stops';
import { permissions } from './permissions';
import { heartbeats, verification } from './reports';
import { restorePoints } from './restore-points';
import { secondCopy } from './second-copy';
import { severalDatabases } from './several-databases';
import { silentStarts } from './silent-starts';
import { staleReplicas } from './stale-replicas';
import { clocks, storeFaults } from './store-faults';
import { tornFiles } from './torn-files';
import { damagedReplicas, formerReplicas, renames, twoWriters } from './unusual-replicas';

const proved = [
  ...gracefulRestarts,
  ...hardStops,
  ...tornFiles,
  ...storeFaults,
  ...nodeStops,
  ...silentStarts,
  ...damagedReplicas,
  ...twoWriters,
  ...renames,
  ...clocks,
  ...formerReplicas,
  ...restorePoints,
  ...largeDatabase,
  ...heartbeats,
  ...staleReplicas,
  ...verification,
  ...permissions,
  ...minioStore,
  ...encryption,
  ...secondCopy,
  ...filesOnAShare,
  ...severalDatabases,
];

/** All that is proved, each on a stage with nothing left of what was played before. */
export const scenes = [...proved, ...guardScenes(proved)].map((scene): Scene<DataStage> => ({
  ...scene,
  async play(stage, notes) {
    await stage.reset();
    return scene.play(stage, notes);
  },
}));
