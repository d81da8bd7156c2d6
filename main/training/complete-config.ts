/** Completes a config, and refuses one whose choices do not go together. */
import { runConfigSchema, StudioError, type Fix, type Meaning, type RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Players, Refusal, Settled } from '../game/index.ts';
import { ganOf, type Gan } from '../gans/index.ts';
import { lossOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { activeStabilisers } from '../stabilisers/index.ts';
import { duePhases, stepsInARound } from './due.ts';
import { givenBy, imageShapeOf, needsClasses, playersOf, rulesOf } from './rules.ts';

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
    classes: needsClasses(config) ? config.classes : [],
  });
  refuseSenseless(complete);
  return complete;
}

/**
 * The complete config, with the classes of its data set if its GAN needs them. Throws StudioError
 * `no-classes` if the data set then has none.
 */
export function withClasses(config: RunConfig, { summary }: Pick<Dataset, 'summary'>): RunConfig {
  if (needsClasses(config) && summary.classless) {
    const { message, remedy } = summary.classless;
    throw new StudioError({
      code: 'no-classes',
      message: `This GAN needs the class of each picture, and ${summary.name} has no classes. ${message}`,
      remedy: `${remedy} Or choose another GAN.`,
      fix: { label: 'Use DCGAN', change: { kind: 'choose', part: 'gans', entry: 'dcgan' } },
    });
  }
  return completeConfig({ ...config, classes: summary.classes.map(({ name }) => name) });
}

function refuseSenseless(config: RunConfig): void {
  const twice = config.stabilisers.find(({ kind }, index) =>
    config.stabilisers.some((other, at) => at < index && other.kind === kind),
  );
  if (twice)
    throw senseless({
      message: `The stabiliser "${twice.kind}" is chosen twice.`,
      remedy: 'Keep one of the two.',
    });
  const gan = ganOf(config.gan.kind);
  const settled = settledBy(config);
  const why = wrongLoss(gan, settled) ?? gan.refuses?.(settled, givenBy(config));
  if (why) throw senseless(why);
  const idle = idleTurns(config);
  if (idle) throw senseless(idle);
  for (const { stabiliser, options } of activeStabilisers(config.stabilisers)) {
    const reason = stabiliser.refuses?.(settled, options);
    if (reason)
      throw senseless({
        fix: {
          label: `Switch off ${named(stabiliser.label)}`,
          change: { kind: 'remove', stabiliser: stabiliser.kind },
        },
        ...reason,
        message: `${stabiliser.label}: ${reason.message}`,
      });
  }
}

function settledBy(config: RunConfig): Settled {
  const { label, meaning, takesLabels = false, reading, options } = lossOf(config.loss.kind);
  let players: Players | undefined;
  return {
    config,
    image: imageShapeOf(config),
    loss: { label, meaning, takesLabels, reading: reading(options.parse(config.loss.options)) },
    meanings: ganOf(config.gan.kind).meanings,
    get players() {
      return (players ??= playersOf(config));
    },
  };
}

/** Why the update order leaves some steps without an update; undefined if every step has one. */
function idleTurns(config: RunConfig): Refusal | undefined {
  const rules = rulesOf(config);
  const steps = Array.from({ length: stepsInARound(rules) }, (_, step) => step);
  if (steps.every((step) => duePhases(rules, step).length > 0)) return undefined;
  return {
    message:
      'With this update order, some steps would update no network: all phases of this GAN fall into the same steps.',
    remedy: 'Update both in every step.',
    fix: {
      label: 'Update both in every step',
      change: { kind: 'set', path: 'turns.kind', value: 'together' },
    },
  };
}

const MEANINGS: Record<Meaning, string> = {
  logit: 'the logit of a probability',
  score: 'a score, which may be any number',
  energy: 'an energy, which is never below 0 and is low for real pictures',
};

/** Why this loss cannot teach the GAN's D; undefined where it can. */
function wrongLoss(gan: Gan, { loss, config }: Settled): Refusal | undefined {
  const { label, meanings, losses = [config.loss.kind], recommends } = gan;
  const fitting = recommends.loss && lossOf(recommends.loss.kind).label;
  const fix: Fix | undefined = recommends.loss && {
    label: `Use the loss ${fitting ?? ''}`,
    change: { kind: 'choose', part: 'losses', entry: recommends.loss.kind },
  };
  if (meanings.includes(loss.meaning) && losses.includes(config.loss.kind)) return undefined;
  if (meanings.includes(loss.meaning))
    return {
      message: `${label} works only with the loss ${losses.map((kind) => lossOf(kind).label).join(' or ')}, not with ${loss.label}.`,
      remedy: `Choose ${fitting ?? 'that loss'} as the loss, or another GAN.`,
      ...(fix && { fix }),
    };
  return {
    message: `The loss ${loss.label} needs a D whose output is ${MEANINGS[loss.meaning]}; D’s output in ${label} is ${meanings.map((each) => MEANINGS[each]).join(' or ')}.`,
    remedy: `Choose ${fitting ?? 'another loss'} as the loss, or another GAN.`,
    ...(fix && { fix }),
  };
}

/** A label inside a sentence: "Weight clipping" -> "weight clipping", while R1 stays. */
function named(label: string): string {
  return /^[A-Z][a-z ]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

/** Choices that each make sense, but not together. */
function senseless(reason: Refusal): StudioError {
  return new StudioError({ code: 'senseless', ...reason });
}
