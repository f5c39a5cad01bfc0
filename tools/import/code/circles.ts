/**
 * Finds the items that reach each other, and orders all: each set stands after those that it reaches.
 * https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 *
 * @param next what an item leads to
 */
export function circlesIn<Item>(items: readonly Item[], next: (item: Item) => Iterable<Item>): Item[][] {
  const found: Item[][] = [];
  const indices = new Map<Item, number>();
  const stack: Item[] = [];
  /** The earliest item on the stack that one leads back to. */
  const visit = (item: Item): number => {
    const index = indices.size;
    indices.set(item, index);
    const place = stack.push(item) - 1;
    let lowest = index;
    for (const one of next(item)) {
      const known = indices.get(one);
      if (known === undefined) lowest = Math.min(lowest, visit(one));
      else if (stack.includes(one)) lowest = Math.min(lowest, known);
    }
    if (lowest === index) found.push(stack.splice(place));
    return lowest;
  };
  for (const item of items) if (!indices.has(item)) visit(item);
  return found;
}
