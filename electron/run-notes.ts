/** The words of a notification about a run: that it ended, or has trouble that needs a person. */
import type { StudioEvent } from '#main/contract/index.ts';

export type Note = { title: string; body: string };
/** Takes the run's name; undefined when the trainer did not answer in time. */
type Worded = (name: string | undefined) => Note;

/** Undefined for an event that needs no person. */
export function noteOf(event: StudioEvent): Worded | undefined {
  if (event.type === 'run-state') return endNote(event);
  if (event.type === 'warning' && event.failure.code === 'not-written')
    return (name) => ({ title: `${name ?? 'The run'} could not save a file`, body: said(event.failure) });
  if (event.type === 'host-crashed')
    return () => ({ title: 'Training ended unexpectedly', body: said(event.failure) });
  return undefined;
}

function endNote({ status, step, failure }: Extract<StudioEvent, { type: 'run-state' }>): Worded | undefined {
  const steps = `${step.toLocaleString('en')} ${step === 1 ? 'step' : 'steps'}`;
  const titles: { [Status in typeof status]?: (name: string) => Note } = {
    finished: (name) => ({ title: `${name} has finished`, body: `It trained for ${steps}.` }),
    stopped: (name) => ({
      title: `${name} has stopped`,
      body: `It trained for ${steps} and can go on from there.`,
    }),
    failed: (name) => ({ title: `${name} has failed`, body: said(failure) }),
    unsaved: (name) => ({ title: `The last state of ${name} is not saved`, body: said(failure) }),
  };
  const worded = titles[status];
  return worded && ((name) => worded(name ?? 'The run'));
}

function said(failure: { message: string; remedy: string } | undefined): string {
  return failure ? `${failure.message} ${failure.remedy}` : 'Open GAN Studio to see more.';
}
