/** Steps recorded op by op and replayed as one TensorFlow graph. */
export { compile, type Compiled, type Program, type PureStep, type StepOutcome } from './compile.ts';
export { updateInPlace } from './record.ts';
