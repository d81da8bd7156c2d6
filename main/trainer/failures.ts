/** The failures of the trainer's commands. */
import { StudioError, type RunConfig } from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';

export function noRun(): StudioError {
  return new StudioError({
    code: 'no-run',
    message: 'There is no run yet.',
    remedy: 'Start a run, or open an earlier one.',
  });
}

export function runUnderWay(name: string): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `The run "${name}" is still under way.`,
    remedy: 'Stop it first; its checkpoint is saved.',
  });
}

export function runBeginning(): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: 'A run is being started.',
    remedy: 'Wait until it trains, or cancel it.',
  });
}

export function runCancelled(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'The run was cancelled before its first step.',
    remedy: 'Start it again when you want it.',
  });
}

export function runUnsaved(name: string): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `The last state of the run “${name}” is not saved yet.`,
    remedy: 'Save it again, or stop the run without saving.',
  });
}

/** The process that holds the only copy of this step is about to end. */
export function onlyInMemory({
  name,
  step,
  saved,
}: {
  name: string;
  step: number;
  saved: number;
}): StudioError {
  return new StudioError({
    code: 'not-saved',
    message: `Step ${step} of the open run “${name}” is not saved, and would be lost.`,
    remedy:
      saved > 0 ? `Open it again under Runs, which goes back to step ${saved}.` : 'Open another run first.',
  });
}

export function notPaused(): StudioError {
  return new StudioError({
    code: 'not-paused',
    message: 'Only a paused run takes a single step.',
    remedy: 'Pause it first.',
  });
}

/** `done`: what a run in training cannot be, such as "inspected". */
export function notStill(done: string): StudioError {
  return new StudioError({
    code: 'not-still',
    message: `The run is training. Only a paused run can be ${done}.`,
    remedy: 'Pause it first.',
  });
}

export function measuringCancelled(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'The metrics were not measured to the end.',
    remedy: 'Measure them again when you want them.',
  });
}

export function anotherRun(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'Another run was opened while the picture was read.',
    remedy: 'Choose the picture again.',
  });
}

/** `what`: what the GAN has no network for, such as "rebuild pictures". */
export function cannot({ name, gan }: RunConfig, what: string): StudioError {
  return new StudioError({
    code: 'cannot',
    message: `The run "${name}" cannot ${what}: its GAN, ${ganOf(gan.kind).label}, has no network for that.`,
    remedy: 'Open a run of a GAN that can, such as BiGAN.',
  });
}

export function noSuchClass({ name, classes }: RunConfig): StudioError {
  return new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" has ${classes.length} classes, but not the one you chose.`,
    remedy: classes.length > 0 ? `Choose among: ${classes.join(', ')}.` : 'Leave the class out.',
  });
}

export function noPoint({ name }: RunConfig): StudioError {
  return new StudioError({
    code: 'cannot',
    message: `The run “${name}” has no latent point for that sample, since its generator did not make it.`,
    remedy: 'Choose a picture that the generator made.',
  });
}
