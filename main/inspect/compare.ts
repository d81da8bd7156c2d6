/**
 * The saturating and the non-saturating loss on the same image: where D is sure of a fake, only one of them
 * still pushes G.
 */
import { StudioError, type Comparison, type Push } from '../contract/index.ts';
import { lossOf, objectiveOf, sigmoid } from '../losses/index.ts';
import { activeStabilisers, stabilisedPhase } from '../stabilisers/index.ts';
import type { Tensors } from '../tensor.ts';
import type { Objective, PlayedPhase } from '../game/index.ts';
import { generatorPhase } from '../training/index.ts';
import { numbersOf, rowOf } from './numbers.ts';
import { requireImage, type ChosenImage, type Specimen } from './specimen.ts';
import { fakesIn, probabilityOf, gradientAt, logitOf, logitsIn, watchTurn } from './trace.ts';

/**
 * G's turn under both, on D as it is when G's turn comes; D's answer is taken for a logit, whatever the run's
 * own loss takes it for. Throws StudioError `not-comparable` where it is an energy.
 */
export function compareLosses(specimen: Specimen, chosen: ChosenImage, state: Tensors): Comparison {
  requireImage(specimen, chosen);
  requireLogit(specimen);
  const saturating = pushOf(specimen, { chosen, state, isSaturating: true });
  const nonSaturating = pushOf(specimen, { chosen, state, isSaturating: false });
  const { logit, fake } = nonSaturating;
  return {
    step: specimen.step,
    logit,
    probability: sigmoid(logit),
    isOwn: probabilityOf(specimen, logit).probability !== undefined,
    fake,
    saturating: saturating.push,
    nonSaturating: nonSaturating.push,
  };
}

/** An energy is low where real, and never below 0: as a logit it would say the opposite. */
function requireLogit({ config }: Specimen): void {
  const { answer, label } = lossOf(config.loss.kind);
  if (answer !== 'energy') return;
  throw new StudioError({
    code: 'not-comparable',
    message: `The two losses are for a D that answers with a logit; with the loss ${label} it answers with an energy.`,
    remedy: 'Inspect a run whose D answers with a logit or a score.',
  });
}

type ComparedTurn = { chosen: ChosenImage; state: Tensors; isSaturating: boolean };

function pushOf(
  specimen: Specimen,
  { chosen, state, isSaturating }: ComparedTurn,
): { logit: number; fake: Comparison['fake']; push: Push } {
  const { config } = specimen;
  const plain = isSaturating ? 'minimax' : 'non-saturating';
  const two = lossOf(config.loss.kind).nodes === 2;
  const choice = two
    ? { kind: 'two-node', options: { saturating: isSaturating } }
    : { kind: plain, options: {} };
  const where = { image: chosen.image, batch: config.batch };
  const phase = withLoss(specimen, objectiveOf(choice));
  return watchTurn(specimen, { phase, chosen, state }, ({ result, passes }) => {
    const { rules } = specimen;
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

/**
 * G's turn with this loss, whatever its stabilisers would put in its place; what D sees is as they have it.
 */
function withLoss({ config, rules }: Specimen, loss: Objective): PlayedPhase {
  const plain: PlayedPhase = {
    ...generatorPhase(rules),
    minimises: ({ reals, fakes, judge }) =>
      loss.generator({ fake: judge(fakes(), 'fake').logit, real: judge(reals(), 'real').logit }),
  };
  return stabilisedPhase(plain, activeStabilisers(config.stabilisers));
}
