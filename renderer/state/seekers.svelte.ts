/** The runs whose pictures may have to be found, each with what to do once they are. */
import type { CommandInput } from '#main/contract/index.ts';
import type { Seeker } from './data-question.svelte.ts';
import type { Studio } from './studio.svelte.ts';

export class Seekers {
  /** The run that could not be resumed because its pictures are no longer where they were. */
  lost = $state.raw<Seeker | undefined>();
  readonly #studio: Pick<Studio, 'run' | 'inspector' | 'dataset' | 'resumeRun'>;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** The open run, if its pictures have to be found for the inspector. */
  get inspected(): Seeker | undefined {
    const { run, inspector } = this.#studio;
    const folder = run.record?.folder;
    if (folder === undefined) return undefined;
    return {
      folder,
      retry: () => void inspector.refresh(),
      refused: (failure) => (inspector.failure = failure),
    };
  }

  /** The run whose settings and data set were taken over, if its pictures have to be found for that. */
  get duplicated(): Seeker | undefined {
    const { dataset } = this.#studio;
    const { asked, ofRun } = dataset;
    if (!asked || !ofRun) return undefined;
    return {
      folder: ofRun.folder,
      retry: (found) => void dataset.reopen(found, ofRun),
      refused: (failure) => (dataset.failure = failure),
      takeOthers: (source) => void dataset.reopen({ ...asked, source }, ofRun),
    };
  }

  /** A run that is to be resumed, if its pictures have to be found for that. */
  resumed(input: CommandInput<'run.resume'>): Seeker {
    const { run } = this.#studio;
    return {
      folder: input.folder,
      retry: () => void this.#studio.resumeRun(input),
      refused: (failure) => (run.failure = failure),
    };
  }
}
