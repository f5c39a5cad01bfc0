import { type Block, type OwnedBlock, OwnedBlocks, type Rendered, type Stack, render } from '@home/terraform';
import { type Place, isStack } from '../graph/layout';
import { type Loaded } from './load';
import { stackFileBlocks } from './stack-file';

/** A file's content and the mistakes in it. */
export interface RenderedFile extends Rendered {
  readonly place: Place;
  readonly stack: Stack;
  readonly blocks: readonly Block[];
}

/** Renders the files of all stacks that are loaded and of the workloads in them. */
export function renderFiles(loaded: readonly Loaded[], owned: readonly OwnedBlock[]): RenderedFile[] {
  const home = new OwnedBlocks(owned);
  const stacks = new Map(loaded.flatMap(({ place, stack }) => (stack ? [[place.stack, stack]] : [])));
  const renderPlace = (place: Place, stack: Stack, blocks: readonly Block[]): RenderedFile => ({
    place,
    stack,
    blocks,
    ...render(blocks, place, home),
  });
  const rendered = loaded.flatMap(({ place, blocks }) => {
    const stack = stacks.get(place.stack);
    return stack === undefined ? [] : [renderPlace(place, stack, blocks)];
  });
  const read = stacksRead(rendered);
  return rendered.map((file) => {
    const { place, stack } = file;
    if (!isStack(place)) return file;
    const others = [...stacks].filter(([name]) => read.get(place.stack)?.has(name));
    return renderPlace(place, stack, stackFileBlocks(place.stack, stack, new Map(others)));
  });
}

/** Stack → the stacks whose outputs its files read. */
function stacksRead(rendered: readonly RenderedFile[]): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const { place, reads } of rendered) {
    read.set(place.stack, new Set([...(read.get(place.stack) ?? []), ...reads]));
  }
  return read;
}
