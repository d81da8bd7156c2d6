/**
 * What to do when a run cannot simply start or go on, most often since its pictures are not those that were
 * expected: asks the person, and points a run at pictures that lie elsewhere by now.
 */
import {
  toFailure,
  type Api,
  type CommandInput,
  type DatasetChoice,
  type DatasetSource,
  type Failure,
  type Precision,
} from '#main/contract/index.ts';
import type { Studio } from './studio.svelte.ts';

export type Answer = { label: string; look?: 'primary' | 'plain'; act: () => void };
/** Cancelling is always an answer, and changes nothing. */
export type Question = { title: string; failure: Failure; answers: Answer[] };

/** A run whose pictures are to be found, and what is to be done then. */
export type Seeker = {
  folder: string;
  retry: (dataset: DatasetChoice) => void;
  /** Is told why they were not found. */
  refused: (failure: Failure) => void;
  /**
   * Takes chosen pictures that are not the run's; without it, the person is asked whether to go on with them.
   */
  takeOthers?: (source: DatasetSource) => void;
};

/** Failures after which the person may know where the pictures lie. */
const LOST: readonly string[] = [
  ...['folder-missing', 'path-missing', 'not-a-folder', 'folder-unreadable'],
  ...['folder-empty', 'no-images', 'too-few-images', 'archive-unusable', 'path-not-granted'],
];

export class DataQuestion {
  question = $state.raw<Question | undefined>();
  /** A run is being pointed at other pictures. */
  busy = $state(false);
  readonly #api: Api;
  readonly #relinked: () => void;

  /** @param relinked is called when a run has been pointed at its pictures */
  constructor(api: Api, relinked: () => void) {
    this.#api = api;
    this.#relinked = relinked;
  }

  ask(question: Question): void {
    this.question = question;
  }

  answer({ act }: Answer): void {
    this.question = undefined;
    act();
  }

  cancel(): void {
    this.question = undefined;
  }

  /** Asks whether a run is to start with pictures that have changed since they were looked at. */
  askBeforeStart(failure: Failure, studio: Pick<Studio, 'lookAgain' | 'start'>): void {
    this.ask({
      title: 'Start with changed pictures?',
      failure,
      answers: [
        { label: 'Look at them first', act: () => studio.lookAgain() },
        { label: 'Start with these pictures', look: 'primary', act: () => void studio.start('go-on') },
      ],
    });
  }

  /**
   * Asks in what a run is to go on that computes in bfloat16, of which this machine has none or gains
   * nothing.
   */
  askPrecision(failure: Failure, goOn: (precision: Precision) => void): void {
    const asBefore: Answer = { label: 'Go on in bfloat16', act: () => goOn('bfloat16') };
    this.ask({
      title: 'Go on in float32?',
      failure,
      answers: [
        ...(failure.code === 'precision-slow' ? [asBefore] : []),
        { label: 'Go on in float32', look: 'primary', act: () => goOn('float32') },
      ],
    });
  }

  /**
   * Asks whether a run is to go on with pictures that are not its own: those at `source`, if they lie there
   * by now.
   */
  askOfRun(seeker: Seeker, failure: Failure, source?: DatasetSource): void {
    const { folder } = seeker;
    this.ask({
      title: 'Go on with other pictures?',
      failure,
      answers: [
        { label: 'Choose the folder again…', act: () => void this.chooseAgain(seeker, 'folder') },
        { label: 'Choose the files again…', act: () => void this.chooseAgain(seeker, 'files') },
        {
          label: 'Go on with these pictures',
          look: 'primary',
          act: () => void this.#relink(seeker, { folder, ...(source && { source }), changedData: 'go-on' }),
        },
      ],
    });
  }

  /**
   * Has the person choose where the run's pictures lie by now, then does what could not be done without them.
   */
  async chooseAgain(seeker: Seeker, what: 'folder' | 'files'): Promise<void> {
    if (this.busy) return;
    try {
      const { paths } = await this.#api.call('dataset.choose', { what });
      if (paths === null) return;
      await this.#relink(seeker, { folder: seeker.folder, source: { kind: 'files', paths } });
    } catch (error) {
      seeker.refused(toFailure(error));
    }
  }

  async #relink(seeker: Seeker, input: CommandInput<'run.relink'>): Promise<void> {
    this.busy = true;
    try {
      const { dataset } = await this.#api.call('run.relink', input);
      this.#relinked();
      seeker.retry(dataset);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'data-changed') seeker.refused(failure);
      else if (seeker.takeOthers && input.source) seeker.takeOthers(input.source);
      else this.askOfRun(seeker, failure, input.source);
    } finally {
      this.busy = false;
    }
  }
}

/** Whether pictures are not where they were, so that the person may choose where they lie by now. */
export function areLost({ code }: Pick<Failure, 'code'>): boolean {
  return LOST.includes(code);
}
