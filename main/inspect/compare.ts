/** The saturating and the non-saturating loss on the same image: where D is sure of a fake, only one of them still pushes G. */
import type { Comparison, Push } from '../contract/index.ts';
import { lossOf, objectiveOf, sigmoid } from '../losses/index.ts';
import { activeStabilisers, stabilisedPhase } from '../stabilisers/index.ts';
import type { Tensors } from '../tensor.ts';
import type { Objective, Phase } from '../turn.ts';
import { numbersOf, rowOf } from './numbers.ts';
import { generatorPhase, requireImage, type Place, type Specimen } from './specimen.ts';
import { probabilityOf, verdictOf, watchTurn } from './walk.ts';

/** G's turn under both, on D as it is when G's turn comes; D's answer is taken for a logit, whatever the run's own loss takes it for. */
export function compareLosses(specimen: Specimen, place: Place, state: Tensors): Comparison {
  requireImage(specimen, place);
  const saturating = pushOf(specimen, { place, state, isSaturating: true });
  const nonSaturating = pushOf(specimen, { place, state, isSaturating: false });
  const { verdict, fake } = nonSaturating;
  return {
    step: specimen.step,
    verdict,
    probability: sigmoid(verdict),
    isOwn: probabilityOf(specimen, verdict).probability !== undefined,
    fake,
    saturating: saturating.push,
    nonSaturating: nonSaturating.push,
  };
}

type Given = { place: Place; state: Tensors; isSaturating: boolean };

function pushOf(
  specimen: Specimen,
  { place, state, isSaturating }: Given,
): { verdict: number; fake: Comparison['fake']; push: Push } {
  const {
    config,
    rules: { networks },
  } = specimen;
  const plain = isSaturating ? 'minimax' : 'non-saturating';
  const two = lossOf(config.loss.kind).verdicts === 2;
  const choice = two
    ? { kind: 'two-node', options: { saturating: isSaturating } }
    : { kind: plain, options: {} };
  const where = { image: place.image, batch: config.batch };
  const phase = withLoss(specimen, objectiveOf(choice));
  return watchTurn(specimen, { phase, look: place, state }, ({ result, passes }) => {
    const made = passes.find(({ network, judged }) => network === 'generator' && judged === undefined)!;
    const judged = passes.find((pass) => pass.judged === 'fake')!;
    const image = networks['generator']!.outputs['image']!;
    const output = networks['discriminator']!.outputs['verdict']!;
    const verdicts = judged.values[output]!;
    const row = rowOf(verdicts.shape[0]!, where);
    const slopes = judged.gradients[output]!;
    return {
      verdict: verdictOf(verdicts, row),
      fake: numbersOf(made.values[image]!, where),
      push: {
        label: isSaturating ? 'Saturating' : 'Non-saturating',
        formula: lossOf(plain).slopes!.generator.formula,
        loss: result.loss.dataSync()[0]!,
        slope: slopes.dataSync()[row * slopes.shape[1]!]!,
        gradient: numbersOf(made.gradients[image]!, where),
      },
    };
  });
}

/** G's turn with this loss, whatever its stabilisers would put in its place; what D sees is as they have it. */
function withLoss({ config, rules }: Specimen, loss: Objective): Phase {
  const plain: Phase = {
    ...generatorPhase(rules),
    minimises: ({ real, fakes, judge }) =>
      loss.generator({ fake: judge(fakes(), 'fake')['verdict']!, real: judge(real, 'real')['verdict']! }),
  };
  return stabilisedPhase(plain, activeStabilisers(config.stabilisers));
}
