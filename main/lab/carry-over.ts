/** The state of a session under other settings: what fits goes on, and only the rest begins anew. */
import type { LabFacts, RunConfig } from '../contract/index.ts';
import { configHash, type Checkpoint } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { copyOut, firstState, type Rules } from '../training/index.ts';

/**
 * Parts of the state by what they are: weights and their average, what stabilisers keep, and the rest, which
 * is the optimiser's.
 */
const KINDS = {
  weights: /^(weights|average)\//,
  memory: /^memory\//,
  optimizer: /^(?!weights\/|average\/|memory\/)/,
};

/**
 * Weights are taken over where name and shape match; what the optimiser and stabilisers remember counts
 * updates, so each is kept whole or dropped. Where the optimiser begins anew, steps begin at 0 as well:
 * otherwise its first gradients would count as the mean of many.
 */
export function carriedOver(
  before: Checkpoint,
  { config, rules }: { config: RunConfig; rules: Rules },
): { checkpoint: Checkpoint; anew: LabFacts['anew'] } {
  const first = firstState(rules, config.seed);
  const fresh = copyOut(first);
  tf.dispose(Object.values(first));
  const names = Object.keys(fresh);
  const fits = (name: string) => before.tensors[name]?.shape.join() === fresh[name]!.shape.join();
  const allFit = (kind: RegExp) => names.filter((name) => kind.test(name)).every(fits);
  const goesOn = { memory: allFit(KINDS.memory), optimizer: allFit(KINDS.optimizer) };
  const isKept = (name: string) =>
    KINDS.weights.test(name) ? fits(name) : goesOn[KINDS.memory.test(name) ? 'memory' : 'optimizer'];
  return {
    checkpoint: {
      step: goesOn.optimizer ? before.step : 0,
      learningRateFactor: 1,
      refusals: 0,
      configHash: configHash(config),
      tensors: Object.fromEntries(
        names.map((name) => [name, isKept(name) ? before.tensors[name]! : fresh[name]!]),
      ),
    },
    anew: !allFit(KINDS.weights) ? 'weights' : goesOn.optimizer ? 'nothing' : 'optimizer',
  };
}
