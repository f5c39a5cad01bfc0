import type { House } from '../house/house';
import { keyOf, kindOfResource, livesInState } from '../stand-in/resources';
import type { WireObject } from '../stand-in/message-pack';
import type { Deed, World } from '../stand-in/world';
import type { Story } from '../story';

/** What there is in the world, as `TYPE NAME`, sorted; by name also where a system gives numbers. */
export const inventoryOf = (world: World): string[] =>
  world
    .objects()
    .map(({ type, value }) => nameOf(type, value))
    .sort();

/** What the states say there is in the world. */
export function inventoryOfStates(house: House): string[] {
  return house
    .stacks()
    .flatMap((stack) => Object.entries(house.state(stack)))
    .map(([address, values]) => ({ type: address.split('.')[0] ?? '', values }))
    .filter(({ type }) => !livesInState(type))
    .map(({ type, values }) => nameOf(type, values))
    .sort();
}

const nameOf = (type: string, value: WireObject): string =>
  `${type} ${String(value['name'] ?? keyOf(type, value))}`;

/** What was made more than once; what its provider makes over itself stays one and does not count. */
export function twice(deeds: readonly Deed[]): string[] {
  const made = deeds
    .filter(({ verb, type }) => verb === 'create' && !kindOfResource(type).overwrites)
    .map(({ type, key }) => `${type} ${key}`);
  return made.filter((one, index) => made.indexOf(one) !== index);
}

/**
 * Deploys what an interrupted deploy left, and looks whether all of it is there and was made once.
 *
 * @param complete the inventory of the whole home
 */
export async function goesOnToTheEnd(
  { house, runs, equals }: Story,
  complete: readonly string[],
): Promise<void> {
  await runs(house.npm('deploy', '--yes'));
  equals('the next deploy goes on to the end', inventoryOf(house.world), complete);
  equals('nothing was made twice', twice(house.world.deeds), []);
  await runs(house.npm('plan'));
}
