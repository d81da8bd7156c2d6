/** A turn taken on a copy: the image before and after, D's logit on each, and how far every layer moved. */
import { ALL_PHASES, type Move } from '../contract/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import {
  generatorPhase,
  gradientWeights,
  networkOf,
  partOf,
  phaseOf,
  tidied,
  trainStep,
  watchedLoss,
  weightName,
} from '../training/index.ts';
import { difference, normOf, numbersOf, rowOf } from './numbers.ts';
import { disposeAllBut, inputOf, newIn, requireImage, type ChosenImage, type Specimen } from './specimen.ts';
import { fakesIn, probabilityOf, logitOf, logitsIn } from './trace.ts';

/**
 * Takes one phase or all of them on a copy of the run, from `state` on, in the run's own order; the run itself
 * stays as it is. Throws StudioError `invalid-input` for a phase that the run has not.
 */
export function moveOnCopy(
  specimen: Specimen,
  { chosen, mover, state }: { chosen: ChosenImage; mover: string; state: Tensors },
): Move {
  requireImage(specimen, chosen);
  const { rules, step } = specimen;
  return tidied(() => {
    const phases = mover === ALL_PHASES ? rules.phases : [phaseOf(rules, mover)];
    const { state: after, reports } = trainStep(rules, state, inputOf(specimen, phases, chosen));
    const [first, second] = [momentOn(specimen, chosen, state), momentOn(specimen, chosen, after)];
    const move = {
      step,
      mover,
      before: first.moment,
      after: second.moment,
      change: difference(first.moment.fake, second.moment.fake),
      loss: { before: first.loss, after: second.loss },
      moved: [...new Set(phases.flatMap(({ moves }) => moves))].flatMap((network) =>
        layersMoved(specimen, { network, before: state, after }),
      ),
    };
    disposeAllBut(state, [...Object.values(newIn(after, state)), ...Object.values(reports)]);
    return move;
  });
}

/** The fake, D's logit on it, and G's loss, in this state. */
function momentOn(
  specimen: Specimen,
  chosen: ChosenImage,
  state: Tensors,
): { moment: Move['before']; loss: number } {
  const { config, rules } = specimen;
  const phase = generatorPhase(rules);
  const where = { image: chosen.image, batch: config.batch };
  return watchedLoss(
    { rules, phase, state, input: () => inputOf(specimen, [phase], chosen) },
    ({ loss, passes }) => {
      const image = fakesIn(passes, rules);
      const logits = logitsIn(passes, rules);
      const logit = logitOf(logits.value, rowOf(logits.value, where));
      return {
        moment: { fake: numbersOf(image.value, where), logit, ...probabilityOf(specimen, logit) },
        loss: loss.arraySync(),
      };
    },
  );
}

/** What the optimiser moved, layer by layer; running statistics go their own way. */
function layersMoved(
  { rules }: Specimen,
  { network, before, after }: { network: string; before: Tensors; after: Tensors },
): Move['moved'] {
  const [old, now] = [before, after].map((state) => partOf(state, weightName(network, ''))) as [
    Tensors,
    Tensors,
  ];
  const weights = gradientWeights(networkOf(rules, network));
  const layers = [...new Set(weights.map((name) => name.slice(0, name.lastIndexOf('/'))))];
  return layers.map((layer) => {
    const names = weights.filter((name) => name.startsWith(`${layer}/`));
    return {
      network,
      layer,
      norm: normOf(...names.map((name) => tensorOf(old, name))),
      change: normOf(...names.map((name) => tf.sub(tensorOf(now, name), tensorOf(old, name)))),
    };
  });
}
