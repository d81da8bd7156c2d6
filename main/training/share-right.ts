/** How often D is right about real pictures and about fakes, judged as in training. */
import type { Reading } from '../game/index.ts';
import type { RunConfig } from '../contract/index.ts';
import { lossOf } from '../losses/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import type { Batch } from './drawn.ts';
import type { Session } from './session.ts';
import { playerAs } from './state.ts';
import { traced, watchedLoss } from './watched-turn.ts';

/** The share of real pictures that D takes for real, and of fakes that it takes for fake. */
export type RightShares = { real: number; fake: number };

/**
 * For the batch and the fakes of this step, after augmentation, noise and packing, as in D's turn. Undefined
 * where D's output has no threshold: only differences between a critic's scores mean something.
 */
export function shareRight(session: Session, batch: Batch): RightShares | undefined {
  const { rules, step, config } = session;
  const isReal = isRealBy(readingOf(config));
  const phase = rules.phases.find(({ roles }) => roles.includes('discriminator'));
  if (!isReal || !phase) return undefined;
  const state = session.read('weights/', 'memory/');
  const input = () => session.inputsOf({ step, ...batch });
  try {
    return watchedLoss({ rules, phase, state, input }, ({ passes }) => {
      const shareOf = (judged: 'real' | 'fake'): number => {
        const network = playerAs('discriminator', rules);
        const logits = numbersOf(traced(passes, { rules, network, judged, output: 'logit' }).value);
        return logits.filter((logit) => isReal(logit) === (judged === 'real')).length / logits.length;
      };
      return { real: shareOf('real'), fake: shareOf('fake') };
    });
  } finally {
    tf.dispose(state);
  }
}

function readingOf({ loss }: RunConfig): Reading {
  const { reading, options } = lossOf(loss.kind);
  return reading(options.parse(loss.options));
}

/** Tells whether a logit says that a picture is real; undefined where a single one says nothing. */
function isRealBy(reading: Reading): ((logit: number) => boolean) | undefined {
  switch (reading.of) {
    case 'probability':
      return (logit) => logit > 0;
    case 'number': {
      const { real, fake } = reading;
      const middle = (real + fake) / 2;
      return (logit) => logit > middle === real > fake;
    }
    case 'comparison':
      return undefined;
  }
}

/** One number for each picture; of two nodes, real minus fake. */
function numbersOf(logit: Tensor): number[] {
  const numbers = Array.from(logit.dataSync<'float32'>());
  if (logit.shape[1] !== 2) return numbers;
  return numbers.flatMap((real, index) => (index % 2 === 0 ? [real - (numbers[index + 1] ?? 0)] : []));
}
