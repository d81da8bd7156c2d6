/** Pictures that metrics compare; what is seen of them is computed once, and only when a metric asks. */
import type { FeatureNetwork } from './efficientnet.ts';
import { featureMoments, type Moments } from './random-features.ts';
import { imagesIn, type Images, type Rows } from './rows.ts';

export class PictureSet {
  readonly images: Images;
  readonly count: number;
  private readonly network: FeatureNetwork | undefined;
  private known: { features?: Rows; moments?: Moments } = {};

  /** `network` sees their features; left out where there is none. */
  constructor(images: Images, network?: FeatureNetwork) {
    this.images = images;
    this.count = imagesIn(images);
    this.network = network;
  }

  /** Whether a trained network can see them. */
  get canBeSeen(): boolean {
    return this.network !== undefined;
  }

  /** Features of the trained network, computed now if need be; `onPart` hears of every few pictures. */
  see(onPart?: (images: number) => void): Rows {
    if (!this.network) throw new Error('There is no trained network that sees these pictures.');
    return (this.known.features ??= this.network.featuresOf(this.images, onPart));
  }

  get features(): Rows {
    return this.see();
  }

  get pixels(): Rows {
    const { numbers, size, channels } = this.images;
    return { numbers, width: size * size * channels };
  }

  /** Mean and deviation of random features. */
  get randomMoments(): Moments {
    return (this.known.moments ??= featureMoments(this.images));
  }

  /** Those from one place to another, with what is known of them. */
  slice(from: number, to: number): PictureSet {
    const part = ({ numbers, width }: Rows) => numbers.subarray(from * width, to * width);
    const some = new PictureSet({ ...this.images, numbers: part(this.pixels) }, this.network);
    const { features } = this.known;
    if (features) some.known.features = { ...features, numbers: part(features) };
    return some;
  }
}
