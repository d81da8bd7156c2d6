/** The words of the question before quitting. */
import type { CurrentRun } from '#main/contract/index.ts';

/** save: first save the run's state and end the run. */
export type QuitAnswer = 'quit' | 'save' | 'stay';
export type QuitQuestion = {
  message: string;
  detail: string;
  /** The first is the default. */
  answers: { label: string; answer: QuitAnswer }[];
};

/** `run` is undefined while the trainer is too busy to answer. */
export function quitQuestion(run: CurrentRun | undefined): QuitQuestion {
  if (run?.status === 'unsaved')
    return {
      message: `The last state of ${run.config.name} is not saved, step ${run.step}.`,
      detail:
        'Without it, the run goes on from its last checkpoint. Free some space on the disk before you save.',
      answers: [
        { label: 'Save and quit', answer: 'save' },
        { label: 'Quit without saving', answer: 'quit' },
        { label: 'Cancel', answer: 'stay' },
      ],
    };
  const isPaused = run?.status === 'paused';
  return {
    message: run
      ? `${run.config.name} is ${isPaused ? 'paused' : 'training'}, step ${run.step}.`
      : 'A run is training.',
    detail: 'Quitting saves a checkpoint, from which the run can be resumed.',
    answers: [
      { label: 'Save and quit', answer: 'save' },
      { label: 'Keep training', answer: 'stay' },
    ],
  };
}
