/**
 * Training: what a config makes of the catalogues, one step, and the loop that takes steps, measures and
 * saves. It brings the catalogues together, and knows of no window, inspector or lab.
 */
export { beginAgain, beginNew, requireClasses, requireStepsLeft, type Beginning } from './beginning.ts';
export { drawnTensors, type Batch } from './drawn.ts';
export { asMeasured } from './as-measured.ts';
export { QuickMeasuring } from './measuring.ts';
export { openModel, withModel, type OpenedModel } from './open-model.ts';
export { diskPieces } from './disk-pieces.ts';
export { duePhases } from './due.ts';
export { cancelledEstimate, estimateRun, type Estimate } from './estimate.ts';
export { generatorPhase, phaseOf, stepInputFrom, updatesUpTo } from './programs.ts';
export { completeConfig, withClasses } from './complete-config.ts';
export { imageShapeOf, needsClasses, playersOf, rulesOf, sourcesOf } from './rules.ts';
export { allWeightsFrom, currentModelFrom, untrainedModel } from './models.ts';
export { Session } from './session.ts';
export {
  copyOut,
  firstState,
  memoryName,
  networkOf,
  partOf,
  playerAs,
  stateFrom,
  weightName,
} from './state.ts';
export { speedKey } from './speed-key.ts';
export { phaseRandom, trainStep, type Rules, type StepInput } from './step.ts';
export { fullName, gradientWeights } from './take-turn.ts';
export { requirePrecision, settlePrecision, type SettledPrecision } from './precision.ts';
export { RunInTraining } from './run-in-training.ts';
export {
  tidied,
  traced,
  watchedLoss,
  watchedTurn,
  type Traced,
  type WatchedPass,
  type WatchedTurn,
} from './watched-turn.ts';
