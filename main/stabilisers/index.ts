/**
 * The catalogue of stabilisers. To add one: a new file here and a line in STABILISERS.
 *
 * Their order is that in which they take hold, whatever order they were chosen in: first what changes the
 * game, then penalties, then what stands between an image and D, so that a penalty is on D as it sees images;
 * packing comes last, next to D.
 */
import { chosen } from '../chosen.ts';
import type { Choice } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import type { Phase } from '../turn.ts';
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
import { r1 } from './r1.ts';
import { spectralNorm } from './spectral-norm.ts';
import type { Stabiliser } from './stabiliser.ts';
import { virtualBatchNorm } from './virtual-batch-norm.ts';
import { weightClipping } from './weight-clipping.ts';

export { logits } from './slopes.ts';
export type { MemorySpec, Settled, Stabiliser } from './stabiliser.ts';

export const STABILISERS: readonly Stabiliser[] = [
  // the game
  featureMatching,
  labelSmoothing,
  labelFlips,
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
 * The chosen ones in the order in which they take hold. Throws StudioError `unknown-stabiliser`, ZodError for
 * wrong options.
 */
export function activeStabilisers(choices: Choice[]): Active[] {
  return choices
    .map(({ kind, options }) => ({ stabiliser: stabiliserOf(kind), options }))
    .map(({ stabiliser, options }) => ({ stabiliser, options: stabiliser.options.parse(options) }))
    .sort((a, b) => STABILISERS.indexOf(a.stabiliser) - STABILISERS.indexOf(b.stabiliser));
}

/** The networks with these stabilisers in them. */
export function stabilisedNetworks(
  networks: Record<string, Network>,
  active: Active[],
): Record<string, Network> {
  return active.reduce(
    (changed, { stabiliser, options }) => stabiliser.networks?.(changed, options) ?? changed,
    networks,
  );
}

/** The phase with these stabilisers in it. */
export function stabilisedPhase(phase: Phase, active: Active[]): Phase {
  return active.reduce(
    (changed, { stabiliser, options }) => stabiliser.turn?.(changed, options) ?? changed,
    phase,
  );
}
