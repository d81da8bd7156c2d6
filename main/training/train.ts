/** The training loop. It yields what happened; pausing is not asking for the next event, stopping is an AbortSignal. */
import type { RunConfig, RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generateImages } from '../explore/index.ts';
import type { Run } from '../runs/index.ts';
import type { Session } from './session.ts';
import { Speedometer } from './speedometer.ts';

const PROGRESS_MILLISECONDS = 250;

/** Trains until `config.steps` or the signal, logging to the run folder; a checkpoint is saved at the end of either. */
export async function* train({ session, dataset, run, signal }: {
  session: Session; dataset: Dataset; run: Run; signal: AbortSignal;
}): AsyncGenerator<RunEvent> {
  for await (const event of steps({ session, dataset, run, signal })) {
    run.log(event);
    yield event;
  }
  run.flush();
}

async function* steps({ session, dataset, run, signal }: {
  session: Session; dataset: Dataset; run: Run; signal: AbortSignal;
}): AsyncGenerator<RunEvent> {
  const { config } = session;
  const speedometer = new Speedometer(config.batch);
  let savedAt = -1;
  const save = (): RunEvent => {
    savedAt = session.step;
    run.flush();
    return { type: 'checkpoint-saved', step: session.step, file: run.saveCheckpoint(session.checkpoint()) };
  };
  yield { type: 'run-state', status: 'training', step: session.step };
  if (session.step === 0) yield samples(session, run);
  while (session.step < config.steps && !signal.aborted) {
    const real = dataset.batch({ step: session.step, batch: config.batch, seed: config.seed });
    const losses = session.takeStep(real);
    speedometer.step();
    yield { type: 'losses', step: session.step, discriminator: losses['discriminator']!, generator: losses['generator']! };
    if (session.step % config.samples.everySteps === 0) yield samples(session, run);
    if (session.step % config.checkpoints.everySteps === 0) yield save();
    if (speedometer.due(PROGRESS_MILLISECONDS)) yield progress({ config, step: session.step, images: dataset.count, speedometer });
  }
  if (savedAt !== session.step) yield save();
  yield progress({ config, step: session.step, images: dataset.count, speedometer });
  yield { type: 'run-state', status: session.step < config.steps ? 'stopped' : 'finished', step: session.step };
}

/** The grid of fixed points, from the averaged generator. */
function samples({ config, generator, step }: Session, run: Run): RunEvent {
  const points = drawPoints(config.z, { seed: config.seed, stream: 'fixedZ', step: 0 }, config.samples.count);
  const images = generateImages(generator, points);
  return { type: 'samples', step, file: run.saveSamples(step, images), images };
}

function progress({ config, step, images, speedometer }: {
  config: RunConfig; step: number; images: number; speedometer: Speedometer;
}): RunEvent {
  const imagesPerSecond = speedometer.imagesPerSecond;
  return {
    type: 'progress',
    step,
    steps: config.steps,
    epoch: (step * config.batch) / images,
    imagesSeen: step * config.batch,
    imagesPerSecond,
    ...(imagesPerSecond > 0 ? { secondsLeft: ((config.steps - step) * config.batch) / imagesPerSecond } : {}),
  };
}
