/** The gradient at a pixel, measured: the turn's loss with that one number a little more, and a little less. */
import { StudioError, type CommandInput, type CommandOutput, type Pixel } from '../contract/index.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { phaseOf, watchedLoss } from '../training/index.ts';
import type { PlayedPhase, Subject } from '../game/index.ts';
import { inputOf, requireImage, type Specimen } from './specimen.ts';

/**
 * Each pixel of the fake alone is changed by `by` both ways. Throws StudioError `invalid-input` for one
 * outside the image.
 */
export function nudge(
  specimen: Specimen,
  { look, pixels, by }: CommandInput<'inspect.nudge'>,
  state: Tensors,
): CommandOutput<'inspect.nudge'> {
  requireImage(specimen, look);
  const phase = phaseOf(specimen.rules, look.phase);
  const at = (pixel: Pixel, change: number) =>
    lossWith(specimen, {
      phase,
      look,
      state,
      change: (fakes) => ({
        ...fakes,
        image: changed(imageIn(fakes), { ...pixel, image: look.image, change }),
      }),
    });
  return {
    loss: lossWith(specimen, { phase, look, state, change: (fakes) => fakes }),
    nudged: pixels.map((pixel) => ({ more: at(pixel, by), less: at(pixel, -by) })),
  };
}

function lossWith(
  specimen: Specimen,
  {
    phase,
    look,
    state,
    change,
  }: {
    phase: PlayedPhase;
    look: CommandInput<'inspect.nudge'>['look'];
    state: Tensors;
    change: (fakes: Subject) => Subject;
  },
): number {
  const { rules } = specimen;
  const touched: PlayedPhase = {
    ...phase,
    minimises: (turn) => phase.minimises({ ...turn, fakes: () => change(turn.fakes()) }),
  };
  const input = () => inputOf(specimen, [phase], look);
  return watchedLoss({ rules, phase: touched, randomOf: phase, state, input }, ({ loss }) =>
    loss.arraySync(),
  );
}

/** Throws StudioError `not-in-this-turn` where D judges no images. */
function imageIn({ image }: Subject): Tensor {
  if (image) return image;
  throw new StudioError({
    code: 'not-in-this-turn',
    message: 'The D of this run does not judge pictures, so no pixel reaches its loss.',
    remedy: 'Inspect the layers instead.',
  });
}

function changed(
  fakes: Tensor,
  { image, row, column, channel, change }: Pixel & { image: number; change: number },
): Tensor {
  const [, height, width, channels] = fakes.shape as [number, number, number, number];
  if (row >= height || column >= width || channel >= channels) {
    throw new StudioError({
      code: 'invalid-input',
      message: `The picture has ${height} rows, ${width} columns and ${channels} channels.`,
      remedy: 'Choose a pixel inside it.',
    });
  }
  const place = ((image * height + row) * width + column) * channels + channel;
  return tf.add(
    fakes,
    tf.reshape(tf.mul(change, tf.oneHot(tf.tensor1d([place], 'int32'), fakes.size).toFloat()), fakes.shape),
  );
}
