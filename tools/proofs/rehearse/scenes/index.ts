import type { Scene } from '../../engine';
import type { House } from '../house/house';
import adopted from './a-running-home-is-adopted';
import newSecret from './a-secret-is-made-anew';
import workload from './a-workload-comes-moves-and-goes';
import renamed from './an-app-is-renamed';
import emptyHouse from './an-empty-house-comes-up';
import olderState from './an-older-state-is-put-back';
import { newImage, shown } from './changes';
import { destroyed, precious } from './destruction';
import drift from './drift-is-found-and-named';
import { misbehaviour, outage } from './failing-providers';
import installed from './installed-providers-agree';
import { commandKilled, killed, providerKilled, twoRuns, unwritten } from './interruptions';
import { home } from '@home/home';
import { cardDied, machine, machinesLost } from './machines';

/** The life of a home. The first scene leaves behind what most of the others start with. */
export const scenes: readonly [Scene<House>, ...Scene<House>[]] = [
  emptyHouse,
  newImage,
  shown,
  workload,
  renamed,
  precious,
  drift,
  twoRuns,
  killed,
  unwritten,
  commandKilled,
  providerKilled,
  olderState,
  outage,
  misbehaviour,
  newSecret,
  machine,
  cardDied,
  // With the only machine the whole home is lost.
  ...(home.machines.length > 1 ? [machinesLost] : []),
  adopted,
  installed,
  destroyed,
];
