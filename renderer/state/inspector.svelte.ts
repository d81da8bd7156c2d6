/** The inspector: the turn and the image that it looks into, what it found, and the way through its trace. */
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

/** The panels of the Inspect view. */
export type Panel = 'trace' | 'pixels' | 'losses' | 'move';

/**
 * The gradient at a pixel by central differences, (L(x + by) - L(x - by)) / (2 by); `uncertainty`: its error
 * from the rounding of the loss.
 */
export type MeasuredGradient = { pixel: Pixel; by: number; gradient: number; uncertainty: number };

/**
 * Limits of the change `by` of a pixel, which is in [-1, 1]: a larger change would show the curvature of the
 * loss.
 */
const NUDGE = { least: 0.002, most: 0.05 };
/** The change of the loss that `by` aims at, well above the loss's rounding. */
const CHANGE_OF_LOSS = 5e-5;
/** The relative rounding error of float32. */
const ROUNDING = 2 ** -23;

export class Inspector {
  panel = $state<Panel>('trace');
  /** Index of the image in the batch. */
  image = $state(0);
  /** Seed of a latent point that takes the place of the image's; undefined for the image's own. */
  seed = $state<number | undefined>();
  trace = $state.raw<Trace | undefined>();
  comparison = $state.raw<Comparison | undefined>();
  /** Why the two losses cannot be compared in this run; undefined if they can, and until it is known. */
  incomparable = $state.raw<Failure | undefined>();
  move = $state.raw<Move | undefined>();
  measured = $state.raw<MeasuredGradient | undefined>();
  failure = $state.raw<Failure | undefined>();
  busy = $state(false);
  /** Index of the stop on the way through the trace. */
  at = $state(0);
  playing = $state(false);
  /** The step of what the panel shows. */
  readonly step = $derived(
    { trace: this.trace, pixels: this.trace, losses: this.comparison, move: this.move }[this.panel]?.step,
  );
  readonly route = $derived(this.trace && routeOf(this.trace));
  #turn = $state<string | undefined>();
  #mover = $state<string | undefined>();
  /** The phases of the run's GAN; none until the catalogue or a trace has them. */
  readonly phases: readonly PhaseEntry[] = $derived.by(() => this.trace?.phases ?? this.#known());
  /** Name of the phase whose turn is traced; at first the phase in which G moves. */
  readonly phase = $derived(this.#ofPhases(this.#turn));
  /** Name of the phase that moves on a copy, or ALL_PHASES; at first the phase in which G moves. */
  readonly mover = $derived(this.#mover === ALL_PHASES ? ALL_PHASES : this.#ofPhases(this.#mover));

  readonly #api: Api;
  readonly #known: () => readonly PhaseEntry[];
  readonly #refused: (failure: Failure) => void;
  /** Looks that were asked for, and how many of them the newest request covers. */
  #asked = 0;
  #answered = 0;
  /** Number of the run in the trainer; answers about an earlier one are dropped. */
  #generation = 0;

  /**
   * @param phases the phases of the run's GAN, from the catalogue
   * @param refused called with the reason if nothing could be looked into
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

  /** Looks into the image at this index of the batch, which is taken modulo the batch. */
  choose(image: number): void {
    const batch = this.trace?.batch ?? 1;
    this.image = (image + batch) % batch;
    this.seed = undefined;
    void this.refresh();
  }

  /** Looks into the latent point of a seed in place of the image's. */
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
   * Looks again, after a change of the run or of what is looked into; one request at a time, and the newest
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

  /**
   * Measures the gradient of the loss at a pixel of the fake by changing the pixel. `gradient`: the one that
   * the trace has there, from which the size of the change follows.
   */
  async measure(pixel: Pixel, gradient: number): Promise<void> {
    const { phase } = this;
    if (phase === undefined) return;
    const by = Math.min(NUDGE.most, Math.max(NUDGE.least, CHANGE_OF_LOSS / Math.abs(gradient)));
    try {
      const {
        loss,
        nudged: [one],
      } = await this.#api.call('inspect.nudge', {
        request: this.#request({ phase }),
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

  /**
   * Saves a picture or a table where the person chooses; resolves to the file, or undefined if they cancel.
   */
  async save(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    const { path } = await this.#api.call('export.chooseFile', { name });
    if (path === null) return undefined;
    return (await this.#api.call('export.file', { file: path, bytes })).file;
  }

  /** Lets the trainer free what it keeps for the inspector; what was found stays on show. */
  leave(): void {
    this.playing = false;
    // A trainer that does not answer keeps nothing.
    this.#api.call('inspect.leave', {}).catch(() => undefined);
  }

  /** Forgets what belonged to the run before. */
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
        ? { move: await this.#api.call('inspect.move', this.#request({ mover })) }
        : {}),
      ...(phase !== undefined && (isTrace || !this.trace)
        ? { trace: await this.#api.call('inspect.trace', this.#request({ phase })) }
        : {}),
    };
  }

  /** Compares two losses of G; a run whose losses cannot be compared is no failure. */
  async #compare(): Promise<Pick<Inspector, 'comparison' | 'incomparable'>> {
    try {
      const comparison = await this.#api.call('inspect.compare', this.#request({}));
      return { comparison, incomparable: undefined };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'not-comparable') throw error;
      return { comparison: undefined, incomparable: failure };
    }
  }

  /** This phase if the run's GAN has it, else the one in which G moves. */
  #ofPhases(name: string | undefined): string | undefined {
    const { phases } = this;
    const ofG = phases.find(({ roles }) => roles.includes('generator'));
    return (phases.find((each) => each.name === name) ?? ofG ?? phases.at(-1))?.name;
  }

  /** A request about the chosen image, or the chosen latent point. */
  #request<Rest extends object>(rest: Rest): Rest & { image: number; seed?: number } {
    const { image, seed } = this;
    return seed === undefined ? { ...rest, image } : { ...rest, image, seed };
  }
}
