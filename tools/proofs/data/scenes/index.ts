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

/** All that is proved, each on a stage with nothing left of what was played before. */
export const scenes = [
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
].map((scene): Scene<DataStage> => ({
  ...scene,
  async play(stage, notes) {
    await stage.reset();
    return scene.play(stage, notes);
  },
}));
