import type { House } from '../house/house';
import { keyOf, livesInState } from '../stand-in/identity';
import type { WireObject } from '../stand-in/message-pack';
import type { Deed } from '../stand-in/world';

/** What the states say there is in the world, in the world's own words. */
export function inventoryOfStates(house: House): string[] {
  return house
    .stacks()
    .flatMap((stack) => Object.entries(house.state(stack)))
    .flatMap(([address, values]) => {
      const type = address.split('.')[0] ?? '';
      return livesInState(type) ? [] : [`${type} ${keyOf(type, values as WireObject)}`];
    })
    .sort();
}

/** What was made more than once. */
export function twice(deeds: readonly Deed[]): string[] {
  const made = deeds.filter(({ verb }) => verb === 'create').map(({ type, key }) => `${type} ${key}`);
  return made.filter((one, index) => made.indexOf(one) !== index);
}
