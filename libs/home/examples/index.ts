import { facts as fiveMachines } from './five-machines';
import { facts as oneMachine } from './one-machine';
import { facts as twoMachines } from './two-machines';

export { exampleHome } from './mixed-machines';

/** Homes to try things on, whatever home this checkout is. */
export const exampleFacts = {
  'one-machine': oneMachine,
  'two-machines': twoMachines,
  'five-machines': fiveMachines,
};
