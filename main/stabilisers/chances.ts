/** Random numbers for changes that happen to each image of a batch with probability p. */
import type { StepRandom } from '../step-random.ts';
import { tf, type Tensor } from '../tensor.ts';

/** Draws for a batch, [batch] each; a draw is 0 for images to which the change does not happen. */
export class Chances {
  private readonly random: StepRandom;
  private readonly batch: number;
  private readonly p: Tensor;

  constructor({ random, batch, p }: { random: StepRandom; batch: number; p: Tensor }) {
    this.random = random;
    this.batch = batch;
    this.p = p;
  }

  /** Whole numbers from 0 to `count` - 1. */
  oneOf(count: number): Tensor {
    const drawn = tf.minimum(tf.floor(tf.mul(this.random.uniform([this.batch]), count)), count - 1);
    return tf.mul(drawn, this.befalls());
  }

  /** Two draws from [-reach, reach), which happen to an image together or not at all. */
  pair(reach: number): [Tensor, Tensor] {
    const befalls = this.befalls();
    const drawn = () => tf.mul(this.centred(reach), befalls);
    return [drawn(), drawn()];
  }

  /** From [-reach, reach). */
  uniform(reach: number): Tensor {
    return tf.mul(this.centred(reach), this.befalls());
  }

  /** From a normal distribution with mean 0. */
  normal(deviation: number): Tensor {
    return tf.mul(tf.mul(this.random.normal([this.batch]), deviation), this.befalls());
  }

  /** 1 with probability p, else 0. */
  private befalls(): Tensor {
    return tf.cast(tf.less(this.random.uniform([this.batch]), this.p), 'float32');
  }

  private centred(reach: number): Tensor {
    return tf.mul(tf.sub(this.random.uniform([this.batch]), 0.5), 2 * reach);
  }
}
