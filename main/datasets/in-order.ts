/** Works on several items at once and hands the results over in the items' own order. */

/**
 * At most `inFlight` items are begun and not yet handed over, so that memory stays bounded. Begins nothing
 * more once its consumer stops, and waits for what was begun.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  { inFlight, work }: { inFlight: number; work: (item: Item) => Promise<Result> },
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  let next = 0;
  try {
    while (next < items.length || begun.length > 0) {
      while (next < items.length && begun.length < inFlight) {
        const result = work(items[next++]!);
        result.catch(() => undefined); // thrown when its turn comes
        begun.push(result);
      }
      yield await begun[0]!;
      void begun.shift();
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
