/** Iterates over lists two items at a time. */

/** Each item with the next one: 1, 2, 3 -> [1, 2], [2, 3]. */
export function* neighbours<Item>(items: Iterable<Item>): Generator<[Item, Item]> {
  let before: { item: Item } | undefined;
  for (const item of items) {
    if (before) yield [before.item, item];
    before = { item };
  }
}

/** Items in pairs: x, y, x, y -> [x, y], [x, y]. An odd one at the end is left out. */
export function* inPairs<Item>(items: Iterable<Item>): Generator<[Item, Item]> {
  let first: { item: Item } | undefined;
  for (const item of items) {
    if (first) yield [first.item, item];
    first = first ? undefined : { item };
  }
}

/** The items of two lists with the same index, up to the end of the shorter: a zip. */
export function* together<One, Other>(ones: Iterable<One>, others: Iterable<Other>): Generator<[One, Other]> {
  const rest = others[Symbol.iterator]();
  for (const one of ones) {
    const other = rest.next();
    if (other.done) return;
    yield [one, other.value];
  }
}
