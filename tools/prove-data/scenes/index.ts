import type { Scene } from '../scene';
import { gracefulRestarts } from './graceful-restarts';
import { hardStops } from './hard-stops';

/** All that is proved. */
export const scenes: readonly Scene[] = [...gracefulRestarts, ...hardStops];
