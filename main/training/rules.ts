/** What a run's settings make of the catalogue: its networks, phases, loss and optimiser. */
import { runConfigSchema, StudioError, type RunConfig } from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { lossOf, objectiveOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import type { Networks, Rules } from './step.ts';

/** The networks that a config describes. Throws StudioError for an unknown gan or loss, ZodError for wrong options. */
export function networksOf(config: RunConfig): Networks {
  const gan = ganOf(config.gan.kind);
  return gan.networks({
    options: gan.options.parse(config.gan.options),
    image: { size: config.dataset.options.size, channels: channelsOf(config) },
    z: config.z.size,
    verdicts: lossOf(config.loss.kind).verdicts,
  });
}

/**
 * The config with every choice's options filled in, as it is stored: enough to repeat the run when defaults change.
 * Throws StudioError or ZodError for one that no session can be made of.
 */
export function completeConfig(config: RunConfig): RunConfig {
  const [gan, loss, optimizer] = [ganOf(config.gan.kind), lossOf(config.loss.kind), optimizerOf(config.optimizer.kind)];
  if (config.stabilisers.length > 0) throw unknownStabiliser(config.stabilisers[0]!.kind);
  const complete = runConfigSchema.parse({
    ...config,
    gan: { kind: gan.kind, options: gan.options.parse(config.gan.options) },
    loss: { kind: loss.kind, options: loss.options.parse(config.loss.options) },
    optimizer: { ...config.optimizer, options: optimizer.options.parse(config.optimizer.options) },
  });
  networksOf(complete);
  return complete;
}

/** Numbers of a pixel. */
export function channelsOf(config: RunConfig): 1 | 3 {
  return config.dataset.options.colour === 'grey' ? 1 : 3;
}

/** What a config makes of the catalogue. */
export function rulesOf(config: RunConfig): Rules {
  const optimizer = optimizerOf(config.optimizer.kind);
  return {
    networks: networksOf(config),
    phases: ganOf(config.gan.kind).phases,
    loss: objectiveOf(config.loss),
    optimizer,
    optimizerOptions: optimizer.options.parse(config.optimizer.options),
    clips: config.optimizer.clip > 0,
  };
}

function unknownStabiliser(kind: string): StudioError {
  return new StudioError({ code: 'unknown-stabiliser', message: `There is no stabiliser "${kind}".`, remedy: 'Leave it out; there are none yet.' });
}
