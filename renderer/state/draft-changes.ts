/** What hangs together in the settings of a run when a choice among them changes. */
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

/**
 * Updates of D to one of G with which several of them begin: as many as Wasserstein GANs were published with.
 */
const SEVERAL = 5;

/**
 * Puts this GAN with what it recommends in place of the one before; its settings go back to those of a new
 * run.
 */
export function exchangeGan(
  draft: RunConfig,
  { kind, before, recommends }: { kind: string; before: Recommended; recommends: Recommended },
): void {
  for (const field of fieldsOf(before))
    Object.assign(draft, { [field]: structuredClone(DEFAULT_RUN_CONFIG[field]) });
  Object.assign(draft, { gan: { kind, options: {} } }, structuredClone(recommends));
}

/** With one more stabiliser, in this order; each stands there once. */
export function withStabiliser(
  stabilisers: readonly Choice[],
  { kind, order }: { kind: string; order: readonly string[] },
): Choice[] {
  if (stabilisers.some((each) => each.kind === kind)) return [...stabilisers];
  return [...stabilisers, { kind, options: {} }].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}

/** Several updates of D begin as five, and keep their number. */
export function turnsAs(kind: Turns['kind'], { discriminator }: Turns): Turns {
  return { kind, discriminator: kind === 'several' && discriminator === 1 ? SEVERAL : discriminator };
}

/** A fall begins as one over the whole run; constant rates forget it, as its fields are no longer seen. */
export function scheduleAs(kind: Schedule['kind'], { optimizer: { schedule }, steps }: RunConfig): Schedule {
  const plain = PLAIN_OPTIMIZER.schedule;
  if (kind === 'constant') return { ...plain };
  if (schedule.kind !== 'constant') return { ...schedule, kind };
  return { ...plain, kind, over: Number.isFinite(steps) ? steps : plain.over };
}
