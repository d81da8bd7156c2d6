/**
 * Asks the person what to do if a run cannot start or resume as it is, most often because its pictures have
 * changed, and points a run at pictures that have moved.
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
/** A question with its answers; it can also be cancelled, which changes nothing. */
export type Question = { title: string; failure: Failure; answers: Answer[] };

/** A run whose pictures have to be found, with what to do once they are. */
export type Seeker = {
  /** The run's folder. */
  folder: string;
  /** Called with the pictures that were found. */
  retry: (dataset: DatasetChoice) => void;
  /** Called with the reason if they were not found. */
  refused: (failure: Failure) => void;
  /**
   * Called with pictures that are not the run's; without it, the person is asked whether to go on with them.
   */
  takeOthers?: (source: DatasetSource) => void;
};

/** Codes of failures after which it helps to ask the person where the pictures are now. */
const LOST: readonly string[] = [
  ...['folder-missing', 'path-missing', 'not-a-folder', 'folder-unreadable'],
  ...['folder-empty', 'no-images', 'too-few-images', 'archive-unusable', 'path-not-granted'],
];

export class DataQuestion {
  question = $state.raw<Question | undefined>();
  /** Whether a run is being pointed at its pictures. */
  busy = $state(false);
  readonly #api: Api;
  readonly #relinked: () => void;

  /** @param relinked called when a run has been pointed at its pictures */
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

  /** Asks whether to start a run on pictures that have changed since the person looked at them. */
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
   * Asks in which precision to go on with a run in bfloat16 on a machine that cannot compute in bfloat16, or
   * is no faster in it.
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
   * Asks whether to go on with a run on pictures that are not its own: those at `source` or, without it,
   * those that are now where its own were.
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

  /** Lets the person choose where the run's pictures are now, then tries again what failed without them. */
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

/** Whether pictures are no longer where they were, so that the person may choose where they are now. */
export function areLost({ code }: Pick<Failure, 'code'>): boolean {
  return LOST.includes(code);
}
