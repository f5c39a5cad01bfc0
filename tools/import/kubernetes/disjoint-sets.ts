/** Sets that have nothing in common and can be joined: https://en.wikipedia.org/wiki/Disjoint-set_data_structure */
export class DisjointSets<Item> {
  readonly #parents: Map<Item, Item>;

  /** Each item alone. */
  constructor(items: readonly Item[]) {
    this.#parents = new Map(items.map((item) => [item, item]));
  }

  /** The item that stands for the set. */
  find(item: Item): Item {
    const parent = this.#parents.get(item) ?? item;
    if (parent === item) return item;
    const root = this.find(parent);
    this.#parents.set(item, root);
    return root;
  }

  join(one: Item, other: Item): void {
    this.#parents.set(this.find(one), this.find(other));
  }

  /** Joins items that have something in common; those of which that is not known stay as they are. */
  joinEqual(keyOf: (item: Item) => string | undefined): void {
    const first = new Map<string, Item>();
    for (const item of this.#parents.keys()) {
      const key = keyOf(item);
      if (key === undefined) continue;
      this.join(item, first.get(key) ?? item);
      first.set(key, first.get(key) ?? item);
    }
  }

  /** All sets, in the order of their first items. */
  all(): [Item, ...Item[]][] {
    const sets = new Map<Item, [Item, ...Item[]]>();
    for (const item of this.#parents.keys()) {
      const root = this.find(item);
      const set = sets.get(root);
      if (set === undefined) sets.set(root, [item]);
      else set.push(item);
    }
    return [...sets.values()];
  }
}
