/** Traces one turn of the run's own step: forwards through every layer, and back with the loss's gradient. */
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
import { inputOf, requireImage, type ChosenImage, type InspectedRun } from './inspected-run.ts';

type Where = { image: number; batch: number };

/** Traces the requested turn. `state` is the one in which the run's own step would take it. */
export function traceTurn(inspected: InspectedRun, request: TraceRequest, state: Tensors): Trace {
  const { config, rules, step } = inspected;
  requireImage(inspected, request);
  const phase = phaseOf(rules, request.phase);
  const where = { image: request.image, batch: config.batch };
  return watchTurn(inspected, { phase, chosen: request, state }, ({ result, passes }) => {
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
      logitGradients: passes.flatMap((pass) => logitGradientsOf(pass, { inspected, phase, where })),
      means: lossOf(config.loss.kind).meaning,
      reading: readingOf(inspected),
      passes: passes.map((pass) => passOf(pass, { inspected, phase, result, state, where })),
    };
  });
}

/** Takes the turn and passes it to `use`, without passes that repeat another. */
export function watchTurn<Result>(
  inspected: InspectedRun,
  { phase, chosen, state }: { phase: PlayedPhase; chosen: ChosenImage; state: Tensors },
  use: (turn: WatchedTurn) => Result,
): Result {
  const { rules } = inspected;
  return watchedTurn(
    { rules, phase, state, input: () => inputOf(inspected, [phase], chosen) },
    ({ result, passes }) => use({ result, passes: passes.filter(isShown) }),
  );
}

/**
 * Whether a pass is shown. A stabiliser may have D judge the same images again: then only the first of these
 * passes that a gradient reaches is shown.
 */
function isShown(pass: WatchedPass, _: number, all: WatchedPass[]): boolean {
  const alike = all.filter(({ network, judged }) => network === pass.network && judged === pass.judged);
  return pass === (alike.find(({ gradients }) => Object.keys(gradients).length > 0) ?? alike[0]);
}

type PassInput = {
  inspected: InspectedRun;
  phase: PlayedPhase;
  result: WatchedTurn['result'];
  state: Tensors;
  where: Where;
};

function passOf(pass: WatchedPass, { inspected: { rules }, phase, result, state, where }: PassInput): Pass {
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
  { inspected, phase, where }: { inspected: InspectedRun; phase: PlayedPhase; where: Where },
): LogitGradient[] {
  const output = networkOf(inspected.rules, network).outputs['logit'];
  if (!output || (judged !== 'real' && judged !== 'fake') || !gradients[output]) return [];
  const byLogit = gradients[output];
  const logits = values[output];
  if (!logits) return [];
  const rows = rowsOf(byLogit);
  const row = rowOf(byLogit, where);
  const gradient = gradientAt(byLogit, row);
  const logit = logitOf(logits, row);
  const formula = formulaOf(inspected, { phase, judged });
  return [
    {
      network,
      on: judged,
      logit,
      count: rows,
      gradient,
      letters: {},
      ...probabilityOf(inspected, logit),
      ...formula?.(logit, rows),
    },
  ];
}

/** The images that G made in a turn. */
export function fakesIn(passes: readonly WatchedPass[], rules: Rules): Traced {
  return traced(passes, { rules, network: playerAs('generator', rules), output: 'image' });
}

/** D's outputs for them. */
export function logitsIn(passes: readonly WatchedPass[], rules: Rules): Traced {
  return traced(passes, {
    rules,
    network: playerAs('discriminator', rules),
    judged: 'fake',
    output: 'logit',
  });
}

/** The loss's gradient at D's output in this row; of two nodes, at "real", which is that at the logit. */
export function gradientAt(gradients: Tensor, row: number): number {
  return tf.tidy(() => tf.slice(gradients, [row, 0], [1, 1]).asScalar().arraySync());
}

/** D's output in this row as one number; of two nodes, real minus fake. */
export function logitOf(logits: Tensor, row: number): number {
  return tf.tidy(() => tf.slice(scalarLogits(logits), [row], [1]).asScalar().arraySync());
}

function readingOf({ config }: Pick<InspectedRun, 'config'>): Trace['reading'] {
  const loss = lossOf(config.loss.kind);
  return loss.reading(loss.options.parse(config.loss.options));
}

/** sigmoid(logit), if to the run's loss it is the probability of being real. */
export function probabilityOf(
  inspected: Pick<InspectedRun, 'config'>,
  logit: number,
): { probability?: number } {
  return readingOf(inspected).of === 'probability' ? { probability: sigmoid(logit) } : {};
}

/** The loss's own formula for the gradient at a logit v, one of n; undefined if it has none. */
function formulaOf(
  { config: { loss: choice } }: InspectedRun,
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
