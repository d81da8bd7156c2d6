/** The trained model of a run: from a checkpoint, before the first step, or from the current weights. */
import type { RunConfig } from '../contract/index.ts';
import { latentSpace, type Model } from '../explore/index.ts';
import type { Checkpoint } from '../runs/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import { rulesOf } from './rules.ts';
import { allWeights, currentSpecs, firstState, networkOf, trainedSpecs, weightsFrom } from './state.ts';
import type { Rules } from './step.ts';

/** The model that a checkpoint holds, with averaged weights; dispose of the weights after use. */
export function modelFrom(config: RunConfig, checkpoint: Checkpoint): Model {
  const rules = rulesOf(config);
  return modelOf(rules, (player) => weightsFrom(checkpoint, trainedSpecs(rules, player)));
}

/** The same with the current weights in place of averaged ones. */
export function currentModelFrom(config: RunConfig, checkpoint: Checkpoint): Model {
  const rules = rulesOf(config);
  return modelOf(rules, (player) => weightsFrom(checkpoint, currentSpecs(rules, player)));
}

/** The weights of every network in a checkpoint, by player and weight. */
export function allWeightsFrom(config: RunConfig, checkpoint: Checkpoint): ReturnType<typeof allWeights> {
  return allWeights(rulesOf(config), checkpoint);
}

/** The model as it is before the first step; dispose of the weights after use. */
export function untrainedModel(config: RunConfig): Model {
  const rules = rulesOf(config);
  const state = firstState(rules, config.seed);
  const model = modelOf(rules, (player) =>
    Object.fromEntries(
      trainedSpecs(rules, player).map(({ own, name }) => [own, tf.clone(tensorOf(state, name))]),
    ),
  );
  tf.dispose(state);
  return model;
}

/** The trained model: the networks of all players that its uses run. */
export function modelOf(rules: Rules, weightsOf: (player: string) => Tensors): Model {
  const { uses, sources } = rules;
  const players = [...new Set(uses.flatMap(({ networks }) => networks))];
  // A step may draw more than a finished generator takes.
  const makers = uses.flatMap(({ use, networks }) =>
    use === 'generate' ? networks.map((name) => networkOf(rules, name)) : [],
  );
  return {
    uses,
    latent: latentSpace(sources).filter(({ name }) => makers.some(({ inputs }) => inputs[name])),
    networks: Object.fromEntries(players.map((name) => [name, networkOf(rules, name)])),
    weights: Object.fromEntries(players.map((name) => [name, weightsOf(name)])),
  };
}
