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
import {
  disposeAllBut,
  inputOf,
  newIn,
  requireImage,
  type ChosenImage,
  type InspectedRun,
} from './inspected-run.ts';
import { fakesIn, probabilityOf, logitOf, logitsIn } from './trace.ts';

/**
 * Takes one phase or all of them on a copy of the run, in its own order, starting from `state`; the run
 * itself does not change. Throws StudioError `invalid-input` for a phase that the run does not have.
 */
export function moveOnCopy(
  inspected: InspectedRun,
  { chosen, mover, state }: { chosen: ChosenImage; mover: string; state: Tensors },
): Move {
  requireImage(inspected, chosen);
  const { rules, step } = inspected;
  return tidied(() => {
    const phases = mover === ALL_PHASES ? rules.phases : [phaseOf(rules, mover)];
    const { state: after, reports } = trainStep(rules, state, inputOf(inspected, phases, chosen));
    const [first, second] = [momentOn(inspected, chosen, state), momentOn(inspected, chosen, after)];
    const move = {
      step,
      mover,
      before: first.moment,
      after: second.moment,
      change: difference(first.moment.fake, second.moment.fake),
      loss: { before: first.loss, after: second.loss },
      moved: [...new Set(phases.flatMap(({ moves }) => moves))].flatMap((network) =>
        layersMoved(inspected, { network, before: state, after }),
      ),
    };
    disposeAllBut(state, [...Object.values(newIn(after, state)), ...Object.values(reports)]);
    return move;
  });
}

/** The fake, D's logit on it, and G's loss, in this state. */
function momentOn(
  inspected: InspectedRun,
  chosen: ChosenImage,
  state: Tensors,
): { moment: Move['before']; loss: number } {
  const { config, rules } = inspected;
  const phase = generatorPhase(rules);
  const where = { image: chosen.image, batch: config.batch };
  return watchedLoss(
    { rules, phase, state, input: () => inputOf(inspected, [phase], chosen) },
    ({ loss, passes }) => {
      const image = fakesIn(passes, rules);
      const logits = logitsIn(passes, rules);
      const logit = logitOf(logits.value, rowOf(logits.value, where));
      return {
        moment: { fake: numbersOf(image.value, where), logit, ...probabilityOf(inspected, logit) },
        loss: loss.arraySync(),
      };
    },
  );
}

/** How far the optimiser moved each layer; running statistics are not counted. */
function layersMoved(
  { rules }: InspectedRun,
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
