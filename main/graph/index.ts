/**
 * Graphs: pure steps, recorded op by op and replayed as one TensorFlow graph. It stands on main/tensor.ts,
 * and knows nothing of GANs.
 */
export { inBfloat16 } from './bfloat16.ts';
export { compile, type Compiled, type Program, type PureStep, type StepOutcome } from './compile.ts';
export { updateInPlace } from './record.ts';
export {
  encodeSavedModel,
  PRODUCER,
  type Endpoint,
  type GraphNode,
  type NodeAttribute,
  type Signature,
} from './saved-model.ts';
