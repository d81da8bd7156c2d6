/** A set of pictures that metrics compare; its features are computed once, and only when a metric asks. */
import type { FeatureNetwork } from './efficientnet.ts';
import { allPieces } from '../pieces.ts';
import { featureMoments, type Moments } from './random-features.ts';
import { imagesIn, type Images, type Rows } from './rows.ts';

/** Pictures whose features are computed at once. */
const AT_ONCE = 32;

export class PictureSet {
  readonly images: Images;
  readonly count: number;
  private readonly network: FeatureNetwork | undefined;
  /** The set of which this is a slice. */
  private whole: { set: PictureSet; from: number; to: number } | undefined;
  private known: { features?: Rows; moments?: Moments } = {};

  /** `network` computes the features of `features`; without it there are none. */
  constructor(images: Images, network?: FeatureNetwork) {
    this.images = images;
    this.count = imagesIn(images);
    this.network = network;
  }

  /** Whether there is a trained network to compute features. */
  get hasNetwork(): boolean {
    return this.network !== undefined;
  }

  /**
   * Features of the trained network, in pieces if they are not known yet; yields the number of pictures of
   * each piece.
   */
  *computeFeatures(): Generator<number, Rows> {
    const { network, images, count } = this;
    if (!network) throw new Error('There is no trained network to compute features of these pictures.');
    const known = this.known.features ?? this.partOfWhole();
    if (known) return (this.known.features = known);
    const parts: Rows[] = [];
    for (let first = 0; first < count; first += AT_ONCE) {
      const numbers = part(this.pixels, first, first + AT_ONCE);
      parts.push(network.featuresOf({ ...images, numbers }));
      yield Math.min(AT_ONCE, count - first);
    }
    return (this.known.features = together(parts));
  }

  /** Features of the trained network, computed now if they are not known yet. */
  get features(): Rows {
    return allPieces(this.computeFeatures());
  }

  get pixels(): Rows {
    const { numbers, size, channels } = this.images;
    return { numbers, width: size * size * channels };
  }

  /** Mean and deviation of random features. */
  get randomMoments(): Moments {
    return (this.known.moments ??= featureMoments(this.images));
  }

  /**
   * The pictures from index `from` up to, not including, `to`; they reuse features that the whole set has by
   * then.
   */
  slice(from: number, to: number): PictureSet {
    const some = new PictureSet({ ...this.images, numbers: part(this.pixels, from, to) }, this.network);
    some.whole = { set: this, from, to };
    return some;
  }

  private partOfWhole(): Rows | undefined {
    const { set, from = 0, to = 0 } = this.whole ?? {};
    const features = set?.known.features;
    return features && { ...features, numbers: part(features, from, to) };
  }
}

const part = ({ numbers, width }: Rows, from: number, to: number): Float32Array =>
  numbers.subarray(from * width, to * width);

/** All of their rows, one after the other. */
function together(parts: readonly Rows[]): Rows {
  const numbers = new Float32Array(parts.reduce((sum, each) => sum + each.numbers.length, 0));
  let at = 0;
  for (const each of parts) {
    numbers.set(each.numbers, at);
    at += each.numbers.length;
  }
  return { numbers, width: parts[0]?.width ?? 0 };
}
