/** Moves a position to and fro between 0 and 1, one way in four seconds. */

const ONE_WAY = 4000;

/** Calls `move` on each frame until the returned function is called. */
export function pingPong(start: number, move: (position: number) => void): () => void {
  const begun = performance.now() - start * ONE_WAY;
  let frame = requestAnimationFrame(function advance(now) {
    move(positionAt(now - begun));
    frame = requestAnimationFrame(advance);
  });
  return () => cancelAnimationFrame(frame);
}

/** Position in [0, 1] after this many milliseconds from 0. */
export function positionAt(elapsed: number): number {
  const phase = (Math.max(0, elapsed) / ONE_WAY) % 2;
  return phase <= 1 ? phase : 2 - phase;
}
