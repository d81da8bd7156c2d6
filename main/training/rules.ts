/** What a run's settings make of the catalogue: its networks, phases, loss, stabilisers and optimiser. */
import type { Refusal } from '../entry.ts';
import { runConfigSchema, StudioError, type RunConfig, type Turns } from '../contract/index.ts';
import { ganOf, type ImageShape, type NetworksFor } from '../gans/index.ts';
import { lossOf, objectiveOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { activeStabilisers, stabilisedNetworks, stabilisedPhase } from '../stabilisers/index.ts';
import type { Phase } from '../turn.ts';
import type { Networks, Rules } from './step.ts';

/**
 * The networks that a config describes. Throws StudioError for an unknown gan, loss or stabiliser, ZodError
 * for wrong options.
 */
export function networksOf(config: RunConfig): Networks {
  return stabilisedNetworks(
    ganOf(config.gan.kind).networks(networksFor(config)),
    activeStabilisers(config.stabilisers),
  );
}

/**
 * The config with every choice's options filled in, as it is stored: enough to repeat the run when defaults
 * change. Throws StudioError or ZodError for one that no session can be made of, `senseless` for choices that
 * do not go together.
 */
export function completeConfig(config: RunConfig): RunConfig {
  const [gan, loss, optimizer] = [
    ganOf(config.gan.kind),
    lossOf(config.loss.kind),
    optimizerOf(config.optimizer.kind),
  ];
  const complete = runConfigSchema.parse({
    ...config,
    gan: { kind: gan.kind, options: gan.options.parse(config.gan.options) },
    loss: { kind: loss.kind, options: loss.options.parse(config.loss.options) },
    stabilisers: activeStabilisers(config.stabilisers).map(({ stabiliser: { kind }, options }) => ({
      kind,
      options,
    })),
    optimizer: { ...config.optimizer, options: optimizer.options.parse(config.optimizer.options) },
    classes: gan.isConditional ? config.classes : [],
  });
  refuseSenseless(complete);
  return complete;
}

/** Whether the config's networks depend on the dataset's classes, which are known once it is open. */
export function needsClasses(config: RunConfig): boolean {
  return ganOf(config.gan.kind).isConditional === true;
}

/** Width and height, and numbers of a pixel; a point of the plane is an image of one pixel with two. */
export function imageShapeOf({ dataset: { source, options } }: RunConfig): ImageShape {
  return source.kind === 'points'
    ? { size: 1, channels: 2 }
    : { size: options.size, channels: options.colour === 'grey' ? 1 : 3 };
}

/** What a config makes of the catalogue. */
export function rulesOf(config: RunConfig): Rules {
  const optimizer = optimizerOf(config.optimizer.kind);
  const active = activeStabilisers(config.stabilisers);
  const networks = networksOf(config);
  return {
    networks,
    phases: ganOf(config.gan.kind).phases.map((phase) =>
      stabilisedPhase(inTurn(phase, config.turns), active),
    ),
    loss: objectiveOf(config.loss),
    optimizer,
    optimizerOptions: optimizer.options.parse(config.optimizer.options),
    clips: config.optimizer.clip > 0,
    memory: Object.assign(
      {},
      ...active.map(({ stabiliser, options }) => stabiliser.memory?.(networks, options) ?? {}),
    ) as Rules['memory'],
    moved: (network, weights) =>
      active.reduce(
        (moved, { stabiliser, options }) => stabiliser.moved?.(network, moved, options) ?? moved,
        weights,
      ),
  };
}

function networksFor(config: RunConfig): NetworksFor {
  const { options } = ganOf(config.gan.kind);
  return {
    options: options.parse(config.gan.options),
    image: imageShapeOf(config),
    z: config.z.size,
    verdicts: lossOf(config.loss.kind).verdicts,
    classes: config.classes.length,
  };
}

/** The phase in the steps that are its network's turn. */
function inTurn(phase: Phase, { kind, discriminator: times }: Turns): Phase {
  const isD = phase.moves === 'discriminator';
  if (kind === 'alternating') return { ...phase, everySteps: 2, firstStep: isD ? 0 : 1 };
  if (kind === 'several' && !isD) return { ...phase, everySteps: times, firstStep: times - 1 };
  return phase;
}

function refuseSenseless(config: RunConfig): void {
  const twice = config.stabilisers.find(({ kind }, index) =>
    config.stabilisers.some((other, place) => place < index && other.kind === kind),
  );
  if (twice)
    throw senseless({
      message: `The stabiliser "${twice.kind}" is chosen twice.`,
      remedy: 'Keep one of the two.',
    });
  const why = ganOf(config.gan.kind).refuses?.(networksFor(config));
  if (why) throw senseless(why);
  const networks = networksOf(config);
  const { label, takesLabels = false } = lossOf(config.loss.kind);
  for (const { stabiliser, options } of activeStabilisers(config.stabilisers)) {
    const reason = stabiliser.refuses?.({ config, networks, loss: { label, takesLabels } }, options);
    if (reason) throw senseless({ ...reason, message: `${stabiliser.label}: ${reason.message}` });
  }
}

/** Choices that each make sense, but not together. */
function senseless(reason: Refusal): StudioError {
  return new StudioError({ code: 'senseless', ...reason });
}
