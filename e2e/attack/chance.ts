/** Random choices that follow from a seed: the same seed gives the same messages. */
import { randomWords } from '#main/random.ts';

export class Chance {
  private readonly seed: number;
  private drawn = 0;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** In [0, 1). */
  number(): number {
    return randomWords({ seed: this.seed, stream: 'latent', step: this.drawn++ }, 2)[0]! / 0x100000000;
  }

  /** A whole number below the limit. */
  below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  happens(share: number): boolean {
    return this.number() < share;
  }

  of<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)]!;
  }
}
