/** Changes of one setting of a run that change others with it. */
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_OPTIMIZER,
  type Choice,
  type Recommended,
  type RunConfig,
  type Schedule,
  type Turns,
} from '#main/contract/index.ts';
import { fieldsOf } from './recommended.ts';

/** Updates of D per update of G that are proposed first: those of the Wasserstein GAN (arXiv:1701.07875). */
const SEVERAL = 5;

/**
 * Replaces the GAN: settings that the one before recommended go back to those of a new run, then `recommends`
 * is set.
 */
export function exchangeGan(
  draft: RunConfig,
  { kind, before, recommends }: { kind: string; before: Recommended; recommends: Recommended },
): void {
  for (const field of fieldsOf(before))
    Object.assign(draft, { [field]: structuredClone(DEFAULT_RUN_CONFIG[field]) });
  Object.assign(draft, { gan: { kind, options: {} } }, structuredClone(recommends));
}

/**
 * The stabilisers with one more, in the order of the catalogue; one that is already there is not added again.
 */
export function withStabiliser(
  stabilisers: readonly Choice[],
  { kind, order }: { kind: string; order: readonly string[] },
): Choice[] {
  if (stabilisers.some((each) => each.kind === kind)) return [...stabilisers];
  return [...stabilisers, { kind, options: {} }].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}

/** The turns of another kind: several updates of D begin as five, and their number is kept. */
export function turnsAs(kind: Turns['kind'], { discriminator }: Turns): Turns {
  return { kind, discriminator: kind === 'several' && discriminator === 1 ? SEVERAL : discriminator };
}

/**
 * The schedule of another kind: a falling one begins as a fall over the whole run, and a constant one forgets
 * it.
 */
export function scheduleAs(kind: Schedule['kind'], { optimizer: { schedule }, steps }: RunConfig): Schedule {
  const plain = PLAIN_OPTIMIZER.schedule;
  if (kind === 'constant') return { ...plain };
  if (schedule.kind !== 'constant') return { ...schedule, kind };
  return { ...plain, kind, over: Number.isFinite(steps) ? steps : plain.over };
}
