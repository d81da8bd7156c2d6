/**
 * A cache of results for pairs of sets, so that several metrics compute each once. Results are freed with the
 * sets.
 */
import { allPieces } from '../pieces.ts';

export class OncePerPair<A extends object, B extends object, Result> {
  private readonly compute: (a: A, b: B) => Generator<undefined, Result>;
  private readonly results = new WeakMap<A, WeakMap<B, { result: Result }>>();

  constructor(compute: (a: A, b: B) => Generator<undefined, Result>) {
    this.compute = compute;
  }

  /** The result, computed now if it is not known yet. */
  of(a: A, b: B): Result {
    return allPieces(this.inPieces(a, b));
  }

  /** The result, computed in pieces if it is not known yet. */
  *inPieces(a: A, b: B): Generator<undefined, Result> {
    const found = this.known(a, b);
    if (found) return found.result;
    const result = yield* this.compute(a, b);
    const ofA = this.results.get(a) ?? new WeakMap<B, { result: Result }>();
    this.results.set(a, ofA.set(b, { result }));
    return result;
  }

  /** Undefined if it is not computed yet. */
  known(a: A, b: B): { result: Result } | undefined {
    return this.results.get(a)?.get(b);
  }
}
