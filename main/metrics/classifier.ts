/**
 * A small classifier, trained on labelled images in seconds, which measures which classes a generator makes,
 * and how clearly.
 */
import { randomNormal, randomOrder } from '../random.ts';
import { tensorOf, tf, type Tensor, type Tensor4D } from '../tensor.ts';
import { rows, type Images } from './rows.ts';

const FILTERS = [24, 48] as const;
const KERNEL = 5;
const HIDDEN = 128;
const BATCH = 50;
const LEARNING_RATE = 0.02;
const MOMENTUM = 0.9;
const AT_ONCE = 250;

/** A kernel or a bias, with its velocity under momentum. */
type Weight = Record<'value' | 'velocity', ReturnType<typeof tf.variable>>;
type Layer = Record<'kernel' | 'bias', Weight>;

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
 * Shuffles the images by the seed, trains a classifier on the first nine tenths, and tests it on the rest.
 * `accuracy` is the share of the rest that it gets right.
 */
export function trainClassifier(
  { images, labels, classes }: Labelled,
  { seed, epochs }: { seed: number; epochs: number },
): { classifier: Classifier; accuracy: number } {
  const order = randomOrder({ seed, stream: 'order', step: 0 }, labels.length);
  const held = picked({ images, labels, classes }, order.subarray(Math.floor(labels.length * 0.9)));
  const kept = picked({ images, labels, classes }, order.subarray(0, labels.length - held.labels.length));
  const layers = firstLayers(images, classes, seed);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = LEARNING_RATE * (1 - (epoch - 1) / epochs);
    const turns = randomOrder({ seed, stream: 'order', step: epoch }, kept.labels.length);
    for (let first = 0; first + BATCH <= turns.length; first += BATCH)
      step(layers, { ...picked(kept, turns.subarray(first, first + BATCH)), rate });
  }
  const weights = weightsOf(layers);
  const classifier: Classifier = {
    classes,
    probabilities: (seen) => probabilities(layers, seen),
    dispose: () => tf.dispose(weights.flatMap(({ value, velocity }) => [value, velocity])),
  };
  const guesses = mostLikely(classifier.probabilities(held.images), classes);
  const right = guesses.filter(({ class: guess }, index) => guess === held.labels[index]);
  return { classifier, accuracy: right.length / held.labels.length };
}

/** How a classifier judges generated images. */
export type ClassifierScore = {
  /**
   * Number of classes that G makes: those to which at least a fifth of an even share of the images is
   * assigned with a probability above one half.
   */
  classes: number;
  /** Mean probability of the most likely class. */
  confidence: number;
  /**
   * Half the sum of |share of a class - even share|, with shares by the most likely class: 0 if even, near 1
   * if all images are of one class.
   */
  distance: number;
  /**
   * exp(mean KL(p(y | x) || p(y))), from 1 to the number of classes: Salimans et al. 2016, section 4, with
   * this classifier instead of Inception, so it is not comparable with published scores.
   */
  score: number;
};

const FEWEST_OF_EVEN = 1 / 5;
const CLEAR = 0.5;

/** The score of probabilities, [count, classes] flattened. */
export function classifierScore(probabilities: Float32Array, classes: number): ClassifierScore {
  const guesses = mostLikely(probabilities, classes);
  const count = guesses.length;
  const sharesOf = (some: { class: number }[]) =>
    Array.from({ length: classes }, (_, one) => some.filter((guess) => guess.class === one).length / count);
  const clear = sharesOf(guesses.filter(({ probability }) => probability > CLEAR));
  const means = Array.from({ length: classes }, (_, one) =>
    mean([...probabilities.filter((__, index) => index % classes === one)]),
  );
  const divergences = rows(probabilities, classes).map((own) =>
    means.reduce((sum, of, one) => {
      const p = own[one] ?? 0;
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

/** One step of gradient descent with momentum, in place. */
function step(layers: Layer[], { images, labels, classes, rate }: Labelled & { rate: number }): void {
  const weights = weightsOf(layers);
  tf.tidy(() => {
    const wanted = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), classes);
    const { grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(wanted, scores(layers, images)),
      weights.map(({ value }) => value),
    );
    for (const { value, velocity } of weights) {
      velocity.assign(tf.add(tf.mul(velocity, MOMENTUM), tensorOf(grads, value.name)));
      value.assign(tf.sub(value, tf.mul(velocity, rate)));
    }
  });
}

const weightsOf = (layers: Layer[]): Weight[] => layers.flatMap(({ kernel, bias }) => [kernel, bias]);

function firstLayers({ size, channels }: Images, classes: number, seed: number): Layer[] {
  const [few, many] = FILTERS;
  const flat = (size / 2 ** FILTERS.length) ** 2 * many;
  const kernels = [
    [KERNEL, KERNEL, channels, few],
    [KERNEL, KERNEL, few, many],
    [flat, HIDDEN],
    [HIDDEN, classes],
  ];
  return kernels.map((shape, step) => {
    const inputs = product(shape.slice(0, -1));
    const values = randomNormal({ seed, stream: 'features', step }, product(shape)).map(
      (number) => number * Math.sqrt(2 / inputs),
    );
    return tf.tidy(() => ({
      kernel: weight(tf.tensor(values, shape)),
      bias: weight(tf.zeros(shape.slice(-1))),
    }));
  });
}

/** A weight with velocity 0. */
const weight = (first: Tensor): Weight => ({
  value: tf.variable(first),
  velocity: tf.variable(tf.zerosLike(first)),
});

/** [count, classes], before the softmax. */
function scores(layers: Layer[], { numbers, size, channels }: Images): Tensor {
  const count = numbers.length / (size * size * channels);
  return layers.reduce<Tensor>(
    (x, { kernel: { value: kernel }, bias }, index) => {
      const isPicture = kernel.shape.length === 4;
      const product = isPicture
        ? tf.conv2d(x as Tensor4D, kernel as Tensor as Tensor4D, 2, 'same')
        : tf.matMul(tf.reshape(x, [count, -1]), kernel);
      const sum = tf.add(product, bias.value);
      return index < layers.length - 1 ? tf.relu(sum) : sum;
    },
    tf.tensor4d(numbers, [count, size, size, channels]),
  );
}

function probabilities(layers: Layer[], { numbers, ...shape }: Images): Float32Array {
  const length = AT_ONCE * shape.size ** 2 * shape.channels;
  const parts: number[] = [];
  for (let first = 0; first < numbers.length; first += length) {
    const part = tf.tidy(() =>
      tf.softmax(scores(layers, { ...shape, numbers: numbers.subarray(first, first + length) })),
    );
    parts.push(...part.dataSync());
    part.dispose();
  }
  return Float32Array.from(parts);
}

function mostLikely(probabilities: Float32Array, classes: number): { class: number; probability: number }[] {
  return rows(probabilities, classes).map((own) => {
    const probability = Math.max(...own);
    return { class: own.indexOf(probability), probability };
  });
}

/** The images at these indices, with their labels. */
function picked(
  { images: { numbers, size, channels }, labels, classes }: Labelled,
  indices: Uint32Array,
): Labelled {
  const length = size * size * channels;
  const some = new Float32Array(indices.length * length);
  indices.forEach((index, at) =>
    some.set(numbers.subarray(index * length, (index + 1) * length), at * length),
  );
  return {
    images: { numbers: some, size, channels },
    labels: Int32Array.from(indices, (index) => labels[index] ?? 0),
    classes,
  };
}

const product = (sides: number[]): number => sides.reduce((all, side) => all * side, 1);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
