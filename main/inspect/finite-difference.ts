/**
 * Measures the gradient at a pixel: the turn's loss with that one number a little larger, and a little
 * smaller.
 */
import { StudioError, type CommandInput, type CommandOutput, type Pixel } from '../contract/index.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { phaseOf, watchedLoss } from '../training/index.ts';
import type { PlayedPhase, Subject } from '../game/index.ts';
import { inputOf, requireImage, type InspectedRun } from './inspected-run.ts';

/**
 * The turn's loss as it is, and with each of these pixels of the fake raised and lowered by `by`, one at a
 * time. Throws StudioError `invalid-input` for a pixel outside the image.
 */
export function nudge(
  inspected: InspectedRun,
  { request, pixels, by }: CommandInput<'inspect.nudge'>,
  state: Tensors,
): CommandOutput<'inspect.nudge'> {
  requireImage(inspected, request);
  const phase = phaseOf(inspected.rules, request.phase);
  const at = (pixel: Pixel, change: number) =>
    lossWith(inspected, {
      phase,
      request,
      state,
      change: (fakes) => ({
        ...fakes,
        image: changed(imageIn(fakes), { ...pixel, image: request.image, change }),
      }),
    });
  return {
    loss: lossWith(inspected, { phase, request, state, change: (fakes) => fakes }),
    nudged: pixels.map((pixel) => ({ more: at(pixel, by), less: at(pixel, -by) })),
  };
}

function lossWith(
  inspected: InspectedRun,
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
  const { rules } = inspected;
  const touched: PlayedPhase = {
    ...phase,
    minimises: (turn) => phase.minimises({ ...turn, fakes: () => change(turn.fakes()) }),
  };
  const input = () => inputOf(inspected, [phase], request);
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
