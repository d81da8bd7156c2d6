/** The inspector: which turn and which image are looked into, what was found, and the trace through it. */
import {
  ALL_PHASES,
  toFailure,
  type Api,
  type Comparison,
  type Failure,
  type Move,
  type PhaseEntry,
  type Pixel,
  type Trace,
} from '#main/contract/index.ts';
import { routeOf } from './route.ts';

export type Panel = 'trace' | 'pixels' | 'losses' | 'move';

/**
 * The gradient at a pixel as measured with it so much more and so much less; `uncertainty`: what the rounding
 * of the loss makes of that.
 */
export type MeasuredGradient = { pixel: Pixel; by: number; gradient: number; uncertainty: number };

/**
 * How much a pixel, in [-1, 1], is changed at least and at most: more, and the loss bends; between, so much
 * that it changes well above its rounding.
 */
const NUDGE = { least: 0.002, most: 0.05 };
const CHANGE_OF_LOSS = 5e-5;
/** Of single precision, in the last digit. */
const ROUNDING = 2 ** -23;

export class Inspector {
  panel = $state<Panel>('trace');
  image = $state(0);
  /** A latent point of one's own in place of the image's. */
  seed = $state<number | undefined>();
  trace = $state.raw<Trace | undefined>();
  comparison = $state.raw<Comparison | undefined>();
  /** Why the two losses cannot be compared in this run; undefined where they can be, and until they are. */
  incomparable = $state.raw<Failure | undefined>();
  move = $state.raw<Move | undefined>();
  measured = $state.raw<MeasuredGradient | undefined>();
  failure = $state.raw<Failure | undefined>();
  busy = $state(false);
  /** The stop on the way through the trace. */
  at = $state(0);
  playing = $state(false);
  /** The step that what is shown belongs to. */
  readonly step = $derived(
    { trace: this.trace, pixels: this.trace, losses: this.comparison, move: this.move }[this.panel]?.step,
  );
  readonly route = $derived(this.trace && routeOf(this.trace));
  #turn = $state<string | undefined>();
  #mover = $state<string | undefined>();
  /** Of the run's GAN; none until the catalogue or a trace tells them. */
  readonly phases: readonly PhaseEntry[] = $derived.by(() => this.trace?.phases ?? this.#known());
  /** Name of the phase whose turn is walked through: G's at first. */
  readonly phase = $derived(this.#ofPhases(this.#turn));
  /** What moves on a copy: a phase by its name, or all of them; G's at first. */
  readonly mover = $derived(this.#mover === ALL_PHASES ? ALL_PHASES : this.#ofPhases(this.#mover));

  readonly #api: Api;
  readonly #known: () => readonly PhaseEntry[];
  readonly #refused: (failure: Failure) => void;
  #asked = 0;
  #answered = 0;
  /** Of runs; an answer about one before is dropped. */
  #generation = 0;

  /**
   * @param phases those of the run's GAN, as the catalogue has them
   * @param refused is told why nothing could be looked at
   */
  constructor(
    api: Api,
    phases: () => readonly PhaseEntry[],
    refused: (failure: Failure) => void = () => undefined,
  ) {
    this.#api = api;
    this.#refused = refused;
    this.#known = phases;
  }

  show(panel: Panel): void {
    this.panel = panel;
    this.playing = false;
    void this.refresh();
  }

  turnTo(phase: string): void {
    this.#turn = phase;
    this.at = 0;
    void this.refresh();
  }

  /** The image at this place of the batch. */
  choose(image: number): void {
    const batch = this.trace?.batch ?? 1;
    this.image = (image + batch) % batch;
    this.seed = undefined;
    void this.refresh();
  }

  /** A latent point of one's own. */
  drawPoint(seed: number): void {
    this.seed = seed;
    void this.refresh();
  }

  setMover(mover: string): void {
    this.#mover = mover;
    void this.refresh();
  }

  goTo(at: number): void {
    this.at = Math.max(0, Math.min((this.route?.stops.length ?? 1) - 1, at));
  }

  /**
   * Looks again, after a change of what is looked at or of the run; one request at a time, and the newest
   * counts.
   */
  async refresh(): Promise<void> {
    this.#asked += 1;
    if (this.busy) return;
    this.busy = true;
    while (this.#answered < this.#asked) {
      this.#answered = this.#asked;
      await this.#look();
    }
    this.busy = false;
  }

  /** Measures the loss's gradient at a pixel of the fake, whose gradient tells how large a change shows. */
  async measure(pixel: Pixel, gradient: number): Promise<void> {
    const { phase } = this;
    if (phase === undefined) return;
    const by = Math.min(NUDGE.most, Math.max(NUDGE.least, CHANGE_OF_LOSS / Math.abs(gradient)));
    try {
      const {
        loss,
        nudged: [one],
      } = await this.#api.call('inspect.nudge', {
        request: this.#place({ phase }),
        pixels: [pixel],
        by,
      });
      this.measured = one && {
        pixel,
        by,
        gradient: (one.more - one.less) / (2 * by),
        uncertainty: (ROUNDING * Math.max(Math.abs(loss), 1)) / by,
      };
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Saves a picture or a table where the person chooses; answers the file, or undefined when they cancel. */
  async save(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    const { path } = await this.#api.call('export.chooseFile', { name });
    if (path === null) return undefined;
    return (await this.#api.call('export.file', { file: path, bytes })).file;
  }

  /** Lets go of what the app holds for it; what was found stays in sight. */
  leave(): void {
    this.playing = false;
    this.#api.call('inspect.leave', {}).catch(() => undefined); // nothing is held where nobody answers
  }

  /** Forgets what belonged to another run. */
  clear(): void {
    this.#generation += 1;
    this.#turn = undefined;
    this.#mover = undefined;
    this.image = 0;
    this.seed = undefined;
    this.at = 0;
    this.trace = undefined;
    this.comparison = this.incomparable = undefined;
    this.move = undefined;
    this.measured = undefined;
    this.failure = undefined;
    this.playing = false;
  }

  async #look(): Promise<void> {
    const generation = this.#generation;
    const found = await this.#find().catch((error: unknown) => ({ failure: toFailure(error) }));
    if (generation !== this.#generation) return;
    Object.assign(this, { failure: undefined }, found);
    this.measured = undefined;
    if (!this.failure) return;
    this.playing = false;
    this.#refused(this.failure);
  }

  async #find(): Promise<Partial<Pick<Inspector, 'trace' | 'comparison' | 'incomparable' | 'move'>>> {
    const { panel, mover, phase } = this;
    const isTrace = panel === 'trace' || panel === 'pixels';
    return {
      ...(panel === 'losses' ? await this.#compare() : {}),
      ...(panel === 'move' && mover !== undefined
        ? { move: await this.#api.call('inspect.move', this.#place({ mover })) }
        : {}),
      ...(phase !== undefined && (isTrace || !this.trace)
        ? { trace: await this.#api.call('inspect.trace', this.#place({ phase })) }
        : {}),
    };
  }

  /** A run whose two losses cannot be compared is looked into as well as any other. */
  async #compare(): Promise<Pick<Inspector, 'comparison' | 'incomparable'>> {
    try {
      const comparison = await this.#api.call('inspect.compare', this.#place({}));
      return { comparison, incomparable: undefined };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'not-comparable') throw error;
      return { comparison: undefined, incomparable: failure };
    }
  }

  /** This phase, where the run's GAN has it, else the one in which G moves. */
  #ofPhases(name: string | undefined): string | undefined {
    const { phases } = this;
    const ofG = phases.find(({ roles }) => roles.includes('generator'));
    return (phases.find((each) => each.name === name) ?? ofG ?? phases.at(-1))?.name;
  }

  #place<Rest extends object>(rest: Rest): Rest & { image: number; seed?: number } {
    const { image, seed } = this;
    return seed === undefined ? { ...rest, image } : { ...rest, image, seed };
  }
}
