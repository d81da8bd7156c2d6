/**
 * Long work in pieces: a generator that yields after each piece, so that other work can take turns with it.
 */

/** Does all of the work now. `onPiece` receives what each piece yields. */
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
