/** What a run's settings make of the catalogue: its players, phases, loss, stabilisers and optimiser. */
import type { Precision, RunConfig, Turns } from '../contract/index.ts';
import type { ImageShape, Phase, PlayedPhase, Players, Sources } from '../game/index.ts';
import { ganOf, type GanInput } from '../gans/index.ts';
import { lossOf, objectiveOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { activeStabilisers, stabilisedPhase, stabilisedPlayers } from '../stabilisers/index.ts';
import type { Rules } from './step.ts';

/**
 * The players that a config describes. Throws StudioError for an unknown gan, loss or stabiliser, ZodError
 * for wrong options.
 */
export function playersOf(config: RunConfig): Players {
  return stabilisedPlayers(
    ganOf(config.gan.kind).players(givenBy(config)),
    activeStabilisers(config.stabilisers),
  );
}

/** What the config's GAN is fed, by name. Throws as `playersOf` does. */
export function sourcesOf(config: RunConfig): Sources {
  return ganOf(config.gan.kind).sources(givenBy(config));
}

/** Whether the config's GAN is fed the data set's classes, which are known once it is open. */
export function needsClasses(config: RunConfig): boolean {
  return Object.values(sourcesOf(config)).some(({ kind }) => kind === 'labels');
}

/**
 * Width and height in pixels, and channels; a point of the plane is an image of one pixel with two channels.
 */
export function imageShapeOf({ dataset: { source, options } }: RunConfig): ImageShape {
  return source.kind === 'points'
    ? { size: 1, channels: 2 }
    : { size: options.size, channels: options.colour === 'grey' ? 1 : 3 };
}

/** What a config makes of the catalogue. */
export function rulesOf(config: RunConfig): Rules {
  const optimizer = optimizerOf(config.optimizer.kind);
  const active = activeStabilisers(config.stabilisers);
  const gan = ganOf(config.gan.kind);
  const given = givenBy(config);
  const players = playersOf(config);
  return {
    players,
    sources: sourcesOf(config),
    game: (turn) => gan.game(turn, given),
    uses: gan.uses,
    phases: gan
      .phases(given)
      .map((phase) => stabilisedPhase(inTurn(withRoles(phase, players), config.turns), active)),
    loss: objectiveOf(config.loss),
    optimizer,
    optimizerOptions: optimizer.options.parse(config.optimizer.options),
    precision: settledPrecision(config),
    clips: config.optimizer.clip > 0,
    memory: Object.assign(
      {},
      ...active.map(({ stabiliser, options }) => stabiliser.memory?.(players, options) ?? {}),
    ) as Rules['memory'],
    moved: (role, weights) =>
      active.reduce(
        (moved, { stabiliser, options }) => stabiliser.moved?.(role, moved, options) ?? moved,
        weights,
      ),
  };
}

/** The precision, where `automatic` stands for float32: before it is settled, and where nothing trains. */
export function settledPrecision({ precision }: Pick<RunConfig, 'precision'>): Precision {
  return precision === 'automatic' ? 'float32' : precision;
}

/** What the config gives its GAN. Throws StudioError or ZodError. */
export function givenBy(config: RunConfig): GanInput {
  const { options } = ganOf(config.gan.kind);
  return {
    options: options.parse(config.gan.options),
    image: imageShapeOf(config),
    z: config.z,
    nodes: lossOf(config.loss.kind).nodes,
    classes: config.classes.length,
  };
}

/** The phase with the roles of the players that it moves. Throws if one of them is not a player. */
export function withRoles(phase: Phase, players: Players): PlayedPhase {
  const roles = phase.moves.map((name) => {
    const player = players[name];
    if (!player) throw new Error(`The phase "${phase.name}" moves "${name}", and no player has this name.`);
    return player.role;
  });
  return { ...phase, roles };
}

/** The phase, due in the steps that the update order gives it. */
function inTurn(phase: PlayedPhase, { kind, discriminator: times }: Turns): PlayedPhase {
  const isD = phase.roles.includes('discriminator');
  const { everySteps } = phase;
  if (kind === 'alternating') return { ...phase, everySteps: 2 * everySteps, firstStep: isD ? 0 : 1 };
  if (kind === 'several' && !isD) return { ...phase, everySteps: times * everySteps, firstStep: times - 1 };
  return phase;
}
