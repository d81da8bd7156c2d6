/** Computes something of two sets once, however many metrics ask; it is forgotten with the sets. */
export function oncePerPair<A extends object, B extends object, Result>(
  compute: (a: A, b: B) => Result,
): (a: A, b: B) => Result {
  const known = new WeakMap<A, WeakMap<B, { result: Result }>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new WeakMap<B, { result: Result }>();
    known.set(a, ofA);
    const found = ofA.get(b) ?? { result: compute(a, b) };
    ofA.set(b, found);
    return found.result;
  };
}
