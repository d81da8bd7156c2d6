/** The passes of networks in a turn that is watched, and the gradients that reach them. */
import type { Kind } from '../game/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';

/**
 * A network that ran in a turn: inputs and every layer's output by name, and the loss's gradient with respect
 * to those that it reaches.
 */
export type WatchedPass = {
  network: string;
  /**
   * The kind of subject that the pass judges, or helps to judge. penalty: subjects at which a penalty takes
   * D's gradient. Undefined for a pass that makes fakes.
   */
  judged: Kind | 'penalty' | undefined;
  values: Tensors;
  gradients: Tensors;
};

/** The tensors of watched passes, from when they are made to when their gradients are known. */
export class Watching {
  private readonly passes: WatchedPass[];
  private entries: { pass: WatchedPass; name: string }[] = [];

  constructor(passes: WatchedPass[]) {
    this.passes = passes;
  }

  /**
   * The tensors that a gradient may reach: all but those of passes that only make data for the network that
   * moves, such as G's in D's turn. Call it within the tape's scope.
   */
  reached(moves: readonly string[], weights: Tensor[]): Tensor[] {
    const moving = new Set(
      this.passes
        .filter(({ network }) => moves.includes(network))
        .flatMap(({ values }) => Object.values(values))
        .map(({ id }) => id),
    );
    const ofWeights = this.downstream(weights);
    const isData = ({ network, values }: WatchedPass) =>
      !moves.includes(network) &&
      !ofWeights.has(Object.values(values).at(-1)?.id ?? -1) &&
      [...this.downstream(Object.values(values))].some((id) => moving.has(id));
    this.entries = this.passes
      .filter((pass) => !isData(pass))
      .flatMap((pass) => Object.keys(pass.values).map((name) => ({ pass, name })));
    return this.entries.map(({ pass, name }) => tensorOf(pass.values, name));
  }

  /** Ids of these tensors and of all tensors that were computed from them. */
  private downstream(tensors: Tensor[]): Set<number> {
    const ids = new Set(tensors.map(({ id }) => id));
    for (const node of this.passes.length > 0 ? engineState().activeTape : []) {
      if (Object.values(node.inputs).some(({ id }) => ids.has(id)))
        node.outputs.forEach(({ id }) => ids.add(id));
    }
    return ids;
  }

  /** The gradients of what `reached` returned, in that order. */
  take(gradients: (Tensor | undefined)[]): void {
    this.entries.forEach(({ pass, name }, index) => {
      const gradient = gradients[index];
      if (gradient) pass.gradients[name] = gradient;
    });
  }
}

type EngineState = { activeTape: { inputs: Tensors; outputs: Tensor[] }[]; gradientDepth: number };
const engineState = (): EngineState => (tf.engine() as unknown as { state: EngineState }).state;

/** Whether a gradient is being taken within a gradient. */
export const isWithinPenalty = (): boolean => engineState().gradientDepth > 1;
