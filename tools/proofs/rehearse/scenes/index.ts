import type { Scene } from '../../engine';
import type { House } from '../house/house';
import shown from './a-change-is-shown-before-it-is-made';
import newImage from './a-new-image-changes-one-thing';
import machine from './a-machine-comes-and-goes';
import outage from './a-provider-is-down';
import misdeeds from './a-provider-misbehaves';
import newSecret from './a-secret-is-made-anew';
import workload from './a-workload-comes-moves-and-goes';
import emptyHouse from './an-empty-house-comes-up';
import unwritten from './an-object-that-nobody-wrote-down';
import drift from './drift-is-found-and-named';
import destroyed from './everything-is-destroyed';
import installed from './installed-providers-agree';
import killed from './terraform-is-killed';
import cardDied from './the-sd-card-died';
import twoRuns from './two-runs-at-once';
import adopted from './a-running-home-is-adopted';
import precious from './what-is-precious-stays';

/** The life of a home. The first scene leaves behind what most of the others start with. */
export const scenes: readonly [Scene<House>, ...Scene<House>[]] = [
  emptyHouse,
  newImage,
  shown,
  workload,
  precious,
  drift,
  twoRuns,
  killed,
  unwritten,
  outage,
  misdeeds,
  newSecret,
  machine,
  cardDied,
  adopted,
  installed,
  destroyed,
];
