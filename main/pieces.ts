/** Long work in pieces: a generator that tells of each piece when it is done, so that others can take turns with it. */

/** Does all of the work now. `onPiece` hears of each piece. */
export function allPieces<Piece, Result>(
  work: Generator<Piece, Result>,
  onPiece: (piece: Piece) => void = () => undefined,
): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    onPiece(value);
  }
}
