/** The page's current point in the latent space, with its class, and the picture there. */
import { pointOfSeed } from '../../../latent.ts';
import { generated, type Trained } from './uses.ts';

export class Explorer {
  readonly trained: Trained;
  point: Float32Array;
  seed: number;
  /** Index among the model's classes. */
  chosen = 0;
  private readonly onMove: (() => void)[] = [];
  private readonly onPicture: ((values: Float32Array) => void)[] = [];
  private isDrawing = false;
  private isStale = false;

  constructor(trained: Trained, seed: number) {
    this.trained = trained;
    this.seed = seed;
    this.point = pointOfSeed(trained.model.latent, seed);
  }

  /** Calls `moved` when the point, the class or the seed has changed. */
  whenMoved(moved: () => void): void {
    this.onMove.push(moved);
  }

  /** Calls `drawn` with every new picture, [size, size, channels] in [-1, 1]. */
  whenDrawn(drawn: (values: Float32Array) => void): void {
    this.onPicture.push(drawn);
  }

  /** Whether the point differs from that of the seed. */
  get isChanged(): boolean {
    const start = pointOfSeed(this.trained.model.latent, this.seed);
    return this.point.some((number, index) => number !== start[index]);
  }

  goTo(seed: number): Promise<void> {
    this.seed = seed;
    return this.move(pointOfSeed(this.trained.model.latent, seed));
  }

  choose(chosen: number): Promise<void> {
    this.chosen = chosen;
    return this.move(this.point);
  }

  /**
   * Moves to another point; the seed stays. If moves come faster than pictures, only the last one is drawn.
   */
  async move(point: Float32Array): Promise<void> {
    this.point = point;
    this.onMove.forEach((moved) => moved());
    this.isStale = true;
    if (this.isDrawing) return;
    this.isDrawing = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        const values = await generated(this.trained, this.point, this.chosen);
        this.onPicture.forEach((drawn) => drawn(values));
      }
    } finally {
      this.isDrawing = false;
    }
  }
}

/** A random seed. */
export const newSeed = (): number => Math.floor(Math.random() * 1_000_000);
