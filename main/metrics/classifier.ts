/** A small classifier of our own, trained on labelled images in seconds: it tells which classes a generator makes, and how clearly. */
import { randomNormal, randomOrder } from '../random.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor.ts';
import type { Images } from './random-features.ts';

const FILTERS = [24, 48];
const KERNEL = 5;
const HIDDEN = 128;
const BATCH = 50;
const LEARNING_RATE = 0.02;
const MOMENTUM = 0.9;
const AT_ONCE = 250;

/** A kernel or a bias, and the direction in which it moves. */
type Weight = Record<'value' | 'velocity', ReturnType<typeof tf.variable>>;

export type Classifier = {
  classes: number;
  /** p(class | image), [count, classes] flattened. */
  probabilities(images: Images): Float32Array;
  /** Frees its weights. */
  dispose(): void;
};

/** The label of each image is a whole number from 0. */
export type Labelled = { images: Images; labels: ArrayLike<number>; classes: number };

/**
 * Trains a classifier on the first nine tenths of the images, in a shuffled order that the seed gives, and tests it on the rest.
 * `accuracy` is the share of those that it gets right.
 */
export function trainClassifier(
  { images, labels, classes }: Labelled,
  { seed, epochs }: { seed: number; epochs: number },
): { classifier: Classifier; accuracy: number } {
  const order = randomOrder({ seed, stream: 'order', step: 0 }, labels.length);
  const held = order.subarray(Math.floor(labels.length * 0.9));
  const kept = order.subarray(0, labels.length - held.length);
  const weights = firstWeights(images, classes, seed);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = LEARNING_RATE * (1 - (epoch - 1) / epochs);
    const turns = randomOrder({ seed, stream: 'order', step: epoch }, kept.length);
    for (let first = 0; first + BATCH <= kept.length; first += BATCH) {
      const chosen = turns.subarray(first, first + BATCH).map((place) => kept[place]!);
      step(weights, {
        images: picked(images, chosen),
        labels: Int32Array.from(chosen, (index) => labels[index]!),
        classes,
        rate,
      });
    }
  }
  const learnt = weights.map(({ value }) => value);
  const classifier: Classifier = {
    classes,
    probabilities: (seen) => probabilities(learnt, seen),
    dispose: () => tf.dispose(weights.flatMap(({ value, velocity }) => [value, velocity])),
  };
  const guesses = mostLikely(classifier.probabilities(picked(images, held)), classes);
  return {
    classifier,
    accuracy:
      guesses.filter(({ class: guess }, place) => guess === labels[held[place]!]).length / held.length,
  };
}

/** What a classifier makes of generated images. */
export type ClassifierScore = {
  /** Classes that are there: at least a fifth of an even share of the images is assigned to each with a probability above one half. */
  classes: number;
  /** Mean probability of the most likely class. */
  confidence: number;
  /** Half the sum of |share of a class - even share|, shares by the most likely class: 0 when even, near 1 when all are of one class. */
  distance: number;
  /**
   * exp(mean KL(p(y | x) || p(y))), from 1 to the number of classes: Salimans et al. 2016, section 4, with this classifier in place of
   * Inception, so that its numbers compare with each other alone.
   */
  score: number;
};

const FEWEST_OF_EVEN = 1 / 5;
const CLEAR = 0.5;

/** Of probabilities [count, classes] flattened. */
export function classifierScore(probabilities: Float32Array, classes: number): ClassifierScore {
  const guesses = mostLikely(probabilities, classes);
  const count = guesses.length;
  const sharesOf = (some: { class: number }[]) =>
    Array.from({ length: classes }, (_, one) => some.filter((guess) => guess.class === one).length / count);
  const clear = sharesOf(guesses.filter(({ probability }) => probability > CLEAR));
  const means = Array.from({ length: classes }, (_, one) =>
    mean(guesses.map((__, image) => probabilities[image * classes + one]!)),
  );
  const divergences = guesses.map((_, image) =>
    means.reduce((sum, of, one) => {
      const p = probabilities[image * classes + one]!;
      return p > 0 ? sum + p * Math.log(p / of) : sum;
    }, 0),
  );
  return {
    classes: clear.filter((share) => share >= FEWEST_OF_EVEN / classes).length,
    confidence: mean(guesses.map(({ probability }) => probability)),
    distance: sharesOf(guesses).reduce((sum, share) => sum + Math.abs(share - 1 / classes), 0) / 2,
    score: Math.exp(mean(divergences)),
  };
}

/** One step down the slope with momentum, in place. */
function step(weights: Weight[], { images, labels, classes, rate }: Labelled & { rate: number }): void {
  tf.tidy(() => {
    const wanted = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), classes);
    const { grads } = tf.variableGrads(
      () =>
        tf.losses.softmaxCrossEntropy(
          wanted,
          scores(
            weights.map(({ value }) => value),
            images,
          ),
        ),
      weights.map(({ value }) => value),
    );
    for (const { value, velocity } of weights) {
      velocity.assign(tf.add(tf.mul(velocity, MOMENTUM), grads[value.name]!));
      value.assign(tf.sub(value, tf.mul(velocity, rate)));
    }
  });
}

function firstWeights({ size, channels }: Images, classes: number, seed: number): Weight[] {
  const flat = (size / 2 ** FILTERS.length) ** 2 * FILTERS.at(-1)!;
  const kernels = [
    ...FILTERS.map((filters, level) => [
      KERNEL,
      KERNEL,
      level === 0 ? channels : FILTERS[level - 1]!,
      filters,
    ]),
    [flat, HIDDEN],
    [HIDDEN, classes],
  ];
  return kernels.flatMap((shape, index) => {
    const inputs = shape.slice(0, -1).reduce((product, side) => product * side, 1);
    const values = randomNormal({ seed, stream: 'features', step: index }, inputs * shape.at(-1)!).map(
      (number) => number * Math.sqrt(2 / inputs),
    );
    const bias = [shape.at(-1)!];
    return tf.tidy(() =>
      [tf.tensor(values, shape), tf.zeros(bias)].map((first) => ({
        value: tf.variable(first),
        velocity: tf.variable(tf.zerosLike(first)),
      })),
    );
  });
}

/** [count, classes], before the softmax. */
function scores(weights: Tensor[], { numbers, size, channels }: Images): Tensor {
  const count = numbers.length / (size * size * channels);
  let x: Tensor = tf.tensor4d(numbers, [count, size, size, channels]);
  for (let place = 0; place < weights.length; place += 2) {
    const [kernel, bias] = [weights[place]!, weights[place + 1]!];
    const isPicture = kernel.shape.length === 4;
    const product = isPicture
      ? tf.conv2d(x as Tensor4D, kernel as Tensor4D, 2, 'same')
      : tf.matMul(tf.reshape(x, [count, -1]), kernel);
    x = tf.add(product, bias);
    if (place < weights.length - 2) x = tf.relu(x);
  }
  return x;
}

function probabilities(weights: Tensor[], { numbers, ...shape }: Images): Float32Array {
  const length = AT_ONCE * shape.size ** 2 * shape.channels;
  const parts: number[] = [];
  for (let first = 0; first < numbers.length; first += length) {
    const part = tf.tidy(() =>
      tf.softmax(scores(weights, { ...shape, numbers: numbers.subarray(first, first + length) })),
    );
    parts.push(...part.dataSync());
    part.dispose();
  }
  return Float32Array.from(parts);
}

function mostLikely(probabilities: Float32Array, classes: number): { class: number; probability: number }[] {
  return Array.from({ length: probabilities.length / classes }, (_, image) => {
    const own = probabilities.subarray(image * classes, (image + 1) * classes);
    const probability = Math.max(...own);
    return { class: own.indexOf(probability), probability };
  });
}

function picked({ numbers, size, channels }: Images, indices: ArrayLike<number>): Images {
  const length = size * size * channels;
  const some = new Float32Array(indices.length * length);
  Array.from(indices).forEach((index, place) =>
    some.set(numbers.subarray(index * length, (index + 1) * length), place * length),
  );
  return { numbers: some, size, channels };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
