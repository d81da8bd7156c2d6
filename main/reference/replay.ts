/**
 * The check of every test of a layer, loss or step: a compiled replay gives the same numbers as running op by
 * op.
 */
import { compile } from '../graph/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';
import { expectClose } from './close.ts';

/**
 * Runs `work` op by op and as a replayed graph, expects the same numbers, and returns those from running op
 * by op.
 */
export function bothWays(work: (inputs: Tensors) => Tensor[], inputs: Tensors): Tensor[] {
  const expected = work(inputs);
  const named = (tensors: Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, index) => [`result${index}`, tensor]));
  const compiled = compile({
    state: {},
    programs: { work: { inputs, step: (_, given) => ({ state: {}, outputs: named(work(given)) }) } },
  });
  const { outputs } = compiled.run('work', inputs);
  expected.forEach((tensor, index) =>
    expectClose(tensorOf(outputs, `result${index}`), Array.from(tensor.dataSync()), 1e-5),
  );
  tf.dispose(outputs);
  compiled.dispose();
  return expected;
}
