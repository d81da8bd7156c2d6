/**
 * The trace through one turn of the run's own step: forwards through every layer, and back with the loss's
 * gradient.
 */
import type { TraceRequest, Pass, LogitGradient, TracedLayer, Trace } from '../contract/index.ts';
import { aboutLayer, weightSpecs, type Layer, type Network } from '../layers/index.ts';
import { lossOf, sigmoid, type LossGradient } from '../losses/index.ts';
import { scalarLogits } from '../stabilisers/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';
import {
  duePhases,
  fullName,
  networkOf,
  partOf,
  phaseOf,
  playerAs,
  traced,
  watchedTurn,
  weightName,
  type Rules,
  type Traced,
  type WatchedPass,
  type WatchedTurn,
} from '../training/index.ts';
import type { PlayedPhase } from '../game/index.ts';
import { normOf, numbersOf, rowOf, rowsOf } from './numbers.ts';
import { inputOf, requireImage, type ChosenImage, type Specimen } from './specimen.ts';

type Where = { image: number; batch: number };

/** Traces the turn asked for in `state`, which is that of the run's step when the turn comes. */
export function traceTurn(specimen: Specimen, request: TraceRequest, state: Tensors): Trace {
  const { config, rules, step } = specimen;
  requireImage(specimen, request);
  const phase = phaseOf(rules, request.phase);
  const where = { image: request.image, batch: config.batch };
  return watchTurn(specimen, { phase, chosen: request, state }, ({ result, passes }) => {
    return {
      step,
      phase: phase.name,
      roles: [...phase.roles],
      phases: rules.phases.map((each) => ({
        name: each.name,
        moves: [...each.moves],
        roles: [...each.roles],
        isDue: duePhases(rules, step).includes(each),
      })),
      batch: config.batch,
      image: request.image,
      loss: result.loss.arraySync(),
      gradientNorm: normOf(...Object.values(result.gradients)),
      logitGradients: passes.flatMap((pass) => logitGradientsOf(pass, { specimen, phase, where })),
      means: lossOf(config.loss.kind).answer,
      reading: readingOf(specimen),
      passes: passes.map((pass) => passOf(pass, { specimen, phase, result, state, where })),
    };
  });
}

/** The turn with those of its passes that tell something. */
export function watchTurn<Answer>(
  specimen: Specimen,
  { phase, chosen, state }: { phase: PlayedPhase; chosen: ChosenImage; state: Tensors },
  use: (turn: WatchedTurn) => Answer,
): Answer {
  const { rules } = specimen;
  return watchedTurn(
    { rules, phase, state, input: () => inputOf(specimen, [phase], chosen) },
    ({ result, passes }) => use({ result, passes: passes.filter(isTelling) }),
  );
}

/**
 * A stabiliser may have D judge the same images again: of such passes the first that the gradient reaches
 * tells enough.
 */
function isTelling(pass: WatchedPass, _: number, all: WatchedPass[]): boolean {
  const alike = all.filter(({ network, judged }) => network === pass.network && judged === pass.judged);
  return pass === (alike.find(({ gradients }) => Object.keys(gradients).length > 0) ?? alike[0]);
}

type PassInput = {
  specimen: Specimen;
  phase: PlayedPhase;
  result: WatchedTurn['result'];
  state: Tensors;
  where: Where;
};

function passOf(pass: WatchedPass, { specimen: { rules }, phase, result, state, where }: PassInput): Pass {
  const network = networkOf(rules, pass.network);
  const moves = phase.moves.includes(pass.network);
  const weights = partOf(state, weightName(pass.network, ''));
  const describe = (name: string, rest: Omit<TracedLayer, 'name' | 'value' | 'gradient'>): TracedLayer => ({
    name,
    value: numbersOf(tensorOf(pass.values, name), where),
    ...(pass.gradients[name] ? { gradient: numbersOf(pass.gradients[name], where) } : {}),
    ...rest,
  });
  return {
    network: pass.network,
    role: rules.players[pass.network]!.role,
    on: onWhat(pass),
    moves,
    outputs: network.outputs,
    layers: [
      ...Object.keys(network.inputs).map((name) =>
        describe(name, { kind: 'input', about: '', formula: '', weights: [] }),
      ),
      ...network.layers.map((layer) =>
        describe(layer.name, {
          kind: layer.kind,
          ...functionOf(layer),
          ...aboutLayer(layer),
          weights: layerWeights({
            network,
            layer: layer.name,
            weights,
            gradients: moves ? partOf(result.gradients, fullName(pass.network, '')) : {},
          }),
        }),
      ),
    ],
  };
}

function functionOf({ options }: Layer): Pick<TracedLayer, 'function'> {
  return typeof options['function'] === 'string' ? { function: options['function'] } : {};
}

function layerWeights({
  network,
  layer,
  weights,
  gradients,
}: {
  network: Network;
  layer: string;
  weights: Tensors;
  gradients: Tensors;
}): TracedLayer['weights'] {
  return weightSpecs(network)
    .filter(({ name, movedBy }) => movedBy === 'gradient' && name.startsWith(`${layer}/`))
    .map(({ name, shape }) => ({
      name: name.slice(layer.length + 1),
      shape,
      norm: normOf(tensorOf(weights, name)),
      ...(gradients[name] ? { gradientNorm: normOf(gradients[name]) } : {}),
    }));
}

function onWhat({ judged }: WatchedPass): Pass['on'] {
  return judged ?? 'z';
}

function logitGradientsOf(
  { network, judged, values, gradients }: WatchedPass,
  { specimen, phase, where }: { specimen: Specimen; phase: PlayedPhase; where: Where },
): LogitGradient[] {
  const output = networkOf(specimen.rules, network).outputs['logit'];
  if (!output || (judged !== 'real' && judged !== 'fake') || !gradients[output]) return [];
  const byLogit = gradients[output];
  const logits = values[output];
  if (!logits) return [];
  const rows = rowsOf(byLogit);
  const row = rowOf(byLogit, where);
  const gradient = gradientAt(byLogit, row);
  const logit = logitOf(logits, row);
  const formula = formulaOf(specimen, { phase, judged });
  return [
    {
      network,
      on: judged,
      logit,
      count: rows,
      gradient,
      letters: {},
      ...probabilityOf(specimen, logit),
      ...formula?.(logit, rows),
    },
  ];
}

/** The images that G made in a turn. */
export function fakesIn(passes: readonly WatchedPass[], rules: Rules): Traced {
  return traced(passes, { rules, network: playerAs('generator', rules), output: 'image' });
}

/** D's answers to them. */
export function logitsIn(passes: readonly WatchedPass[], rules: Rules): Traced {
  return traced(passes, {
    rules,
    network: playerAs('discriminator', rules),
    judged: 'fake',
    output: 'logit',
  });
}

/** The loss's gradient at D's answer in this row; of two nodes that of "real": the logit's. */
export function gradientAt(gradients: Tensor, row: number): number {
  return tf.tidy(() => tf.slice(gradients, [row, 0], [1, 1]).asScalar().arraySync());
}

/** D's answer in this row as one number; of two nodes real less fake. */
export function logitOf(logits: Tensor, row: number): number {
  return tf.tidy(() => tf.slice(scalarLogits(logits), [row], [1]).asScalar().arraySync());
}

function readingOf({ config }: Pick<Specimen, 'config'>): Trace['reading'] {
  const loss = lossOf(config.loss.kind);
  return loss.reading(loss.options.parse(config.loss.options));
}

/** sigmoid(v), for a loss that takes it for the probability of being real. */
export function probabilityOf(specimen: Pick<Specimen, 'config'>, logit: number): { probability?: number } {
  return readingOf(specimen).of === 'probability' ? { probability: sigmoid(logit) } : {};
}

/** The loss's own formula at a logit v of n; undefined where it has none. */
function formulaOf(
  { config: { loss: choice } }: Specimen,
  { phase, judged }: { phase: PlayedPhase; judged: 'real' | 'fake' },
) {
  const loss = lossOf(choice.kind);
  const own: LossGradient | undefined = phase.roles.includes('discriminator')
    ? loss.gradients?.discriminator[judged]
    : judged === 'fake'
      ? loss.gradients?.generator
      : undefined;
  const options = loss.options.parse(choice.options);
  return (
    own &&
    ((v: number, n: number) => ({
      formula: own.formula,
      letters: own.letters?.(options) ?? {},
      expected: own.at(v, n, options),
    }))
  );
}
