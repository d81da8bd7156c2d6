/** Why a session takes no step, or cannot be made of a checkpoint. */
import { StudioError } from '../contract/index.ts';

export function notFinite({
  losses,
  sizes,
}: {
  losses: Record<string, number>;
  sizes: Record<string, number>;
}): StudioError {
  const facts = Object.keys(losses)
    .map((phase) => `${phase}: loss ${losses[phase]}, squared gradient ${sizes[phase]}`)
    .join('; ');
  return new StudioError({
    code: 'not-finite',
    message: `Losses or gradients were NaN or infinite (${facts}).`,
    remedy: 'Lower the learning rates.',
  });
}

export function neverFinite(learningRateFactor: number, tries: number): StudioError {
  return new StudioError({
    code: 'gave-up',
    message: `Training kept giving NaN or infinite numbers, even at ${learningRateFactor} of the learning rates, and was stopped after ${tries} tries.`,
    remedy:
      'Duplicate the run with lower learning rates, another loss, or more pictures. The last good checkpoint is kept.',
  });
}

export function configChanged(step: number): StudioError {
  return new StudioError({
    code: 'config-changed',
    message: `The run’s settings were changed since its checkpoint of step ${step}: going on would make it another run.`,
    remedy: 'Put config.json back as it was, or start a new run with the new settings.',
  });
}
