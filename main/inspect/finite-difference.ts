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
  { request, pixels, by }: CommandInput<'inspect.nudge'>,
  state: Tensors,
): CommandOutput<'inspect.nudge'> {
  requireImage(specimen, request);
  const phase = phaseOf(specimen.rules, request.phase);
  const at = (pixel: Pixel, change: number) =>
    lossWith(specimen, {
      phase,
      request,
      state,
      change: (fakes) => ({
        ...fakes,
        image: changed(imageIn(fakes), { ...pixel, image: request.image, change }),
      }),
    });
  return {
    loss: lossWith(specimen, { phase, request, state, change: (fakes) => fakes }),
    nudged: pixels.map((pixel) => ({ more: at(pixel, by), less: at(pixel, -by) })),
  };
}

function lossWith(
  specimen: Specimen,
  {
    phase,
    request,
    state,
    change,
  }: {
    phase: PlayedPhase;
    request: CommandInput<'inspect.nudge'>['request'];
    state: Tensors;
    change: (fakes: Subject) => Subject;
  },
): number {
  const { rules } = specimen;
  const touched: PlayedPhase = {
    ...phase,
    minimises: (turn) => phase.minimises({ ...turn, fakes: () => change(turn.fakes()) }),
  };
  const input = () => inputOf(specimen, [phase], request);
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
  const index = ((image * height + row) * width + column) * channels + channel;
  return tf.add(
    fakes,
    tf.reshape(tf.mul(change, tf.oneHot(tf.tensor1d([index], 'int32'), fakes.size).toFloat()), fakes.shape),
  );
}
