/**
 * Compares the saturating and the non-saturating loss on the same image: where D is sure that it is fake,
 * only the non-saturating one still gives G a gradient.
 */
import { StudioError, type Comparison, type Push } from '../contract/index.ts';
import { lossOf, objectiveOf, sigmoid } from '../losses/index.ts';
import { activeStabilisers, stabilisedPhase } from '../stabilisers/index.ts';
import type { Tensors } from '../tensor.ts';
import type { Objective, PlayedPhase } from '../game/index.ts';
import { generatorPhase } from '../training/index.ts';
import { numbersOf, rowOf } from './numbers.ts';
import { requireImage, type ChosenImage, type InspectedRun } from './inspected-run.ts';
import { fakesIn, probabilityOf, gradientAt, logitOf, logitsIn, watchTurn } from './trace.ts';

/**
 * G's turn under both losses, with D as it is when G's turn comes. D's output is read as a logit, whatever it
 * means to the run's own loss. Throws StudioError `not-comparable` where it is an energy.
 */
export function compareLosses(inspected: InspectedRun, chosen: ChosenImage, state: Tensors): Comparison {
  requireImage(inspected, chosen);
  requireLogit(inspected);
  const saturating = pushOf(inspected, { chosen, state, isSaturating: true });
  const nonSaturating = pushOf(inspected, { chosen, state, isSaturating: false });
  const { logit, fake } = nonSaturating;
  return {
    step: inspected.step,
    logit,
    probability: sigmoid(logit),
    isOwn: probabilityOf(inspected, logit).probability !== undefined,
    fake,
    saturating: saturating.push,
    nonSaturating: nonSaturating.push,
  };
}

/** An energy is low for real pictures and never below 0: read as a logit, it would say the opposite. */
function requireLogit({ config }: InspectedRun): void {
  const { meaning, label } = lossOf(config.loss.kind);
  if (meaning !== 'energy') return;
  throw new StudioError({
    code: 'not-comparable',
    message: `The two losses are for a D whose output is a logit; with the loss ${label} it is an energy.`,
    remedy: 'Inspect a run where D’s output is a logit or a score.',
  });
}

type ComparedTurn = { chosen: ChosenImage; state: Tensors; isSaturating: boolean };

function pushOf(
  inspected: InspectedRun,
  { chosen, state, isSaturating }: ComparedTurn,
): { logit: number; fake: Comparison['fake']; push: Push } {
  const { config } = inspected;
  const plain = isSaturating ? 'minimax' : 'non-saturating';
  const two = lossOf(config.loss.kind).nodes === 2;
  const choice = two
    ? { kind: 'two-node', options: { saturating: isSaturating } }
    : { kind: plain, options: {} };
  const where = { image: chosen.image, batch: config.batch };
  const phase = withLoss(inspected, objectiveOf(choice));
  return watchTurn(inspected, { phase, chosen, state }, ({ result, passes }) => {
    const { rules } = inspected;
    const made = fakesIn(passes, rules);
    const judged = logitsIn(passes, rules);
    if (!made.gradient || !judged.gradient) throw new Error('The loss of G does not depend on its picture.');
    const row = rowOf(judged.value, where);
    return {
      logit: logitOf(judged.value, row),
      fake: numbersOf(made.value, where),
      push: {
        label: isSaturating ? 'Saturating' : 'Non-saturating',
        formula: lossOf(plain).gradients!.generator.formula,
        loss: result.loss.arraySync(),
        logitGradient: gradientAt(judged.gradient, row),
        gradient: numbersOf(made.gradient, where),
      },
    };
  });
}

/** G's turn with this loss in place of the run's own; what D sees is still changed by the stabilisers. */
function withLoss({ config, rules }: InspectedRun, loss: Objective): PlayedPhase {
  const plain: PlayedPhase = {
    ...generatorPhase(rules),
    minimises: ({ reals, fakes, judge }) =>
      loss.generator({ fake: judge(fakes(), 'fake').logit, real: judge(reals(), 'real').logit }),
  };
  return stabilisedPhase(plain, activeStabilisers(config.stabilisers));
}
