import { formatSeconds, openTerminal } from '@home/command';
import { type Component, installComponent, isInstalled, pathOf } from '@life/programs';

/**
 * The program of a component.
 *
 * @param build whether it may be built where it is missing
 * @param at which of how many it is
 * @returns its path, or in one line why it is missing
 */
export async function obtain(
  component: Component,
  build: boolean,
  [at, of]: readonly [at: number, of: number] = [1, 1],
): Promise<
  { readonly path: string; readonly missing?: never } | { readonly path?: never; readonly missing: string }
> {
  const what = `${component.name} ${component.version}`;
  if (isInstalled(component)) return { path: pathOf(component) };
  if (!build) return { missing: `${what} is missing; npm run components builds it` };
  const begin = Date.now();
  openTerminal().step(`building ${what}`, at, of);
  try {
    const path = await installComponent(component);
    openTerminal().say(`${what} was built in ${formatSeconds((Date.now() - begin) / 1000)}`);
    return { path };
  } catch (cause) {
    return { missing: `${what} cannot be built: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}
