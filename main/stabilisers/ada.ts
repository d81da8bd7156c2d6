/**
 * Adaptive discriminator augmentation: the more certain D is of real images, the more often images are
 * changed on their way to D.
 */
import type { Fix } from '../contract/index.ts';
import type { Reading, Refusal, Settled, Turn } from '../game/index.ts';
import { z } from 'zod';
import { stopGradient, tf, type Scalar, type Tensor, type Tensor4D } from '../tensor.ts';
import { brightened, centred, column, mixed, takenFrom, transposed, whole } from './augmentation.ts';
import { Chances } from './chances.ts';
import { scalarLogits } from './image-gradients.ts';
import {
  changing,
  refusesNoImages,
  refusesSeveral,
  remembered,
  seenThrough,
  type Stabiliser,
} from './stabiliser.ts';

const optionsSchema = z.object({
  target: z.number().min(0).max(1).default(0.6).meta({
    title: 'Target',
    description:
      'How certain D may be of real pictures: the mean sign of its output on them, from 0 (it cannot tell) to 1 (it knows them all). Above it, pictures are changed more often.',
  }),
  speed: z.number().int().min(100).max(10_000_000).default(500_000).meta({
    title: 'Ramp (pictures)',
    description:
      'Real pictures over which the probability of a change may go from 0 to 1. 500,000 in the paper; with a few hundred pictures, 50,000 works better.',
  }),
});

const P = 'ada/p';
const OVERFITTING = 'ada/overfitting';
/**
 * The decay of the moving average of the mean sign: it covers about four turns of D, over which the authors
 * average.
 */
const KEPT = 0.75;

/**
 * As published: the largest translation, as a share of the side, and standard deviations: that of brightness
 * itself, and for the others those of exponents of 2.
 */
const SHIFT = 1 / 8;
const DEVIATION = { scale: 0.2, brightness: 0.2, contrast: 0.5, saturation: 1 };

/** Whether D's output is above 0 for images that it takes for real. */
function isSigned(reading: Reading): boolean {
  return (
    reading.of === 'probability' ||
    (reading.of === 'number' && reading.real > 0 && reading.real + reading.fake === 0)
  );
}

/** 0 -> 1, 1 -> -1 */
const signOf = (turned: Tensor): Tensor => tf.sub(1, tf.mul(turned, 2));
/** 1 where a equals that number, else 0. */
const is = (a: Tensor, number: number): Tensor => tf.cast(tf.equal(a, number), 'float32');

/** Mirroring, quarter turns, translation by whole pixels and scaling by 2^n, in one resampling. */
function moved(images: Tensor, chances: Chances): Tensor {
  const [, size] = images.shape as Tensor4D['shape'];
  const mirrored = signOf(chances.oneOf(2));
  const quarters = chances.oneOf(4);
  const flips = {
    // A quarter turn is a transposition and a flip, a half turn is two flips.
    rows: signOf(tf.add(is(quarters, 2), is(quarters, 3))),
    columns: tf.mul(mirrored, signOf(tf.add(is(quarters, 1), is(quarters, 2)))),
  };
  const zoom = tf.pow(2, tf.neg(chances.normal(DEVIATION.scale)));
  const [down, right] = chances.pair(SHIFT * size);
  const source = (flip: Tensor, by: Tensor) =>
    // [batch, size]
    tf.add(tf.mul(tf.sub(centred(size), column(tf.round(by))), column(tf.mul(flip, zoom))), (size - 1) / 2);
  const turned = mixed(images, transposed(images), tf.add(is(quarters, 1), is(quarters, 3)));
  return takenFrom(turned, { rows: source(flips.rows, down), columns: source(flips.columns, right) });
}

/**
 * Brightness, contrast about mid grey and, with three channels, saturation and a rotation of the hue about
 * the axis of greys.
 */
function recoloured(images: Tensor, chances: Chances): Tensor {
  const [batch, size, , channels] = images.shape as Tensor4D['shape'];
  const bright = brightened(images, chances.normal(DEVIATION.brightness));
  const contrast = tf.pow(2, chances.normal(DEVIATION.contrast)); // [batch]
  if (channels !== 3) return tf.mul(bright, whole(contrast));
  const angle = tf.reshape(chances.uniform(Math.PI), [batch, 1, 1]);
  const saturation = tf.reshape(tf.pow(2, chances.normal(DEVIATION.saturation)), [batch, 1, 1]);
  const grey = tf.fill([1, 3, 3], 1 / 3); // projects a colour onto the axis of greys
  const across = tf.sub(tf.reshape(tf.eye(3), [1, 3, 3]), grey);
  const around = tf.mul(
    tf.tensor3d([
      [
        [0, 1, -1],
        [-1, 0, 1],
        [1, -1, 0],
      ],
    ]),
    1 / Math.sqrt(3),
  ); // rows: what red, green, blue become
  // Rodrigues' rotation formula, without its part along the axis.
  const turn = tf.add(tf.mul(tf.cos(angle), across), tf.mul(tf.sin(angle), around));
  // [batch, 3, 3]
  const matrix = tf.mul(tf.add(grey, tf.mul(saturation, turn)), tf.reshape(contrast, [batch, 1, 1]));
  return tf.reshape(tf.matMul(tf.reshape(bright, [batch, size * size, 3]), matrix), images.shape);
}

/**
 * Updates p and the moving average of r, after D's first logits of the real batch. Karras et al. 2020,
 * section 3: p moves by a fixed amount each time.
 */
function adapt(
  turn: Turn,
  logit: Tensor,
  { target, speed, batch }: { target: number; speed: number; batch: number },
): void {
  const sure = tf.mean(tf.sign(scalarLogits(stopGradient(logit))));
  const overfitting = tf.add(tf.mul(remembered(turn, OVERFITTING), KEPT), tf.mul(sure, 1 - KEPT)) as Scalar;
  const by = tf.mul(tf.sign(tf.sub(overfitting, target)), batch / speed);
  const p = tf.minimum(1, tf.maximum(0, tf.add(remembered(turn, P), by))) as Scalar;
  for (const [name, value] of [
    [P, p],
    [OVERFITTING, overfitting],
  ] as const) {
    turn.remember(name, value);
    turn.report(name, value);
  }
}

function refuses(run: Settled): Refusal | undefined {
  const {
    config: { stabilisers },
    loss: { label, reading },
  } = run;
  if (!isSigned(reading)) {
    return {
      message: `It counts the real pictures on which the output of D is above 0. With the loss ${label}, 0 is not the border between real and fake.`,
      remedy: run.meanings.includes('logit')
        ? 'Choose non-saturating, minimax, two-node or hinge as the loss, or differentiable augmentation, which does not adapt.'
        : 'Choose differentiable augmentation, which does not adapt.',
      ...(run.meanings.includes('logit') && {
        fix: {
          label: 'Use the non-saturating loss',
          change: { kind: 'choose', part: 'losses', entry: 'non-saturating' },
        } satisfies Fix,
      }),
    };
  }
  if (stabilisers.some(({ kind }) => kind === 'diff-augment')) {
    return {
      message:
        'Differentiable augmentation already changes every picture, so there is nothing left to adapt.',
      remedy: 'Keep one of the two.',
    };
  }
  return refusesSeveral(run) ?? refusesNoImages(run);
}

/**
 * Each change happens to an image, real or fake, with probability p, which rises while r = E[sign D(x)] is
 * above the target, and falls while it is below.
 *
 * Karras et al. 2020, section 3 with r_t of equation 1. It has these changes of appendix B: mirroring,
 * quarter turns, translation by whole pixels, isotropic scaling, brightness, contrast, saturation and hue.
 * Outside of an image it is mid grey, where the paper reflects the image.
 */
export const ada: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'ada',
  label: 'Adaptive discriminator augmentation (ADA)',
  summary:
    'Changes the pictures that D sees more often the more D overfits: mirrors, turns, moves, scales and recolours them. For a few hundred to a few thousand pictures.',
  paper: {
    title: 'Karras et al. 2020, Training Generative Adversarial Networks with Limited Data',
    url: 'https://arxiv.org/abs/2006.06676',
  },
  explanation: {
    discriminator: 'D(x) → D(Tₚ(x)),  p ← p ± batch / speed by the sign of r − 0.6,  r = E[sign D(Tₚ(x))]',
    generator: 'D(G(z)) → D(Tₚ(G(z)))',
    pseudocode: [
      'real = T(real), fake = T(fake); each change with probability p',
      'r = 0.75 * r + 0.25 * mean(sign(D(real)))',
      'p += sign(r - target) * batch / speed',
      'p = between 0 and 1',
      'D and G are updated with these',
    ],
  },
  options: optionsSchema,
  refuses,
  memory: () => ({ [P]: { shape: [], value: 0 }, [OVERFITTING]: { shape: [], value: 0 } }),
  turn(phase, { target, speed }) {
    const listening = changing(phase, 'discriminator', (turn) => {
      let isAdapted = false;
      return {
        ...turn,
        judge(subject, kind) {
          const outputs = turn.judge(subject, kind);
          const { image } = subject;
          if (image && image === turn.reals()['image'] && !isAdapted) {
            isAdapted = true;
            const [batch] = image.shape as Tensor4D['shape'];
            adapt(turn, outputs.logit, { target, speed, batch });
          }
          return outputs;
        },
      };
    });
    return seenThrough(listening, (images, turn) => {
      const [batch] = images.shape as Tensor4D['shape'];
      const chances = new Chances({ random: turn.random, batch, p: remembered(turn, P) });
      return recoloured(moved(images, chances), chances);
    });
  },
};
