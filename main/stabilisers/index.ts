/**
 * The catalogue of stabilisers, each of which changes a GAN’s players, turns or weights. They build on layers
 * and main/game/turn.ts, and know no other catalogue. To add one, add a file here and a line in STABILISERS.
 *
 * They are applied in the order of the list, whatever order they were chosen in: first those that change the
 * game, then penalties, then those that change what D sees, so that a penalty acts on D as it sees images.
 * Packing comes last, as the one next to D.
 */
import { chosen, type PlayedPhase, type Players } from '../game/index.ts';
import type { Choice } from '../contract/index.ts';
import { ada } from './ada.ts';
import { diffAugment } from './diff-augment.ts';
import { draganPenalty } from './dragan-penalty.ts';
import { featureMatching } from './feature-matching.ts';
import { gradientPenalty } from './gradient-penalty.ts';
import { historicalAveraging } from './historical-averaging.ts';
import { instanceNoise } from './instance-noise.ts';
import { labelFlips } from './label-flips.ts';
import { labelSmoothing } from './label-smoothing.ts';
import { minibatchDiscrimination } from './minibatch-discrimination.ts';
import { packing } from './packing.ts';
import { pullingAway } from './pulling-away.ts';
import { r1 } from './r1.ts';
import { spectralNorm } from './spectral-norm.ts';
import type { Stabiliser } from './stabiliser.ts';
import { virtualBatchNorm } from './virtual-batch-norm.ts';
import { weightClipping } from './weight-clipping.ts';

export { scalarLogits } from './image-gradients.ts';
export type { MemorySpec, Stabiliser } from './stabiliser.ts';

export const STABILISERS: readonly Stabiliser[] = [
  // the game
  featureMatching,
  labelSmoothing,
  labelFlips,
  pullingAway,
  // penalties, bounds on D, and what networks are made of
  gradientPenalty,
  r1,
  draganPenalty,
  historicalAveraging,
  minibatchDiscrimination,
  spectralNorm,
  weightClipping,
  virtualBatchNorm,
  // what D sees
  diffAugment,
  ada,
  instanceNoise,
  packing,
];

/** The stabiliser of this kind; throws StudioError `unknown-stabiliser`. */
export function stabiliserOf(kind: string): Stabiliser {
  return chosen({
    entries: STABILISERS,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'stabiliser',
    code: 'unknown-stabiliser',
  });
}

/** A stabiliser with its options filled in. */
export type Active = { stabiliser: Stabiliser; options: Record<string, unknown> };

/**
 * The chosen stabilisers in the order in which they are applied. Throws StudioError `unknown-stabiliser`, or
 * ZodError for wrong options.
 */
export function activeStabilisers(choices: Choice[]): Active[] {
  return choices
    .map(({ kind, options }) => ({ stabiliser: stabiliserOf(kind), options }))
    .map(({ stabiliser, options }) => ({ stabiliser, options: stabiliser.options.parse(options) }))
    .sort((a, b) => STABILISERS.indexOf(a.stabiliser) - STABILISERS.indexOf(b.stabiliser));
}

/** The players with these stabilisers in their networks. */
export function stabilisedPlayers(players: Players, active: Active[]): Players {
  return active.reduce(
    (changed, { stabiliser, options }) => stabiliser.players?.(changed, options) ?? changed,
    players,
  );
}

/** The phase with these stabilisers in it. */
export function stabilisedPhase(phase: PlayedPhase, active: Active[]): PlayedPhase {
  return active.reduce(
    (changed, { stabiliser, options }) => stabiliser.turn?.(changed, options) ?? changed,
    phase,
  );
}
