/** The inspector: which turn and which image are looked into, what was found, and the walk through it. */
import {
  toFailure, type Api, type Comparison, type Failure, type Move, type MOVERS, type Pixel, type Walk,
} from '#main/contract/index.ts';
import { routeOf } from './route.ts';

export type Panel = 'walk' | 'pixels' | 'losses' | 'move';
export type Mover = (typeof MOVERS)[number];

/** The slope at a pixel by its gradient, and as measured with the pixel a little more and a little less. */
export type Measured = { pixel: Pixel; gradient: number; measured: number };

/** How much a pixel is changed to measure the slope there. */
const NUDGE = 0.01;

export class Inspector {
  panel = $state<Panel>('walk');
  phase = $state('generator');
  image = $state(0);
  /** A latent point of one's own in place of the image's. */
  seed = $state<number | undefined>();
  mover = $state<Mover>('generator');
  walk = $state.raw<Walk | undefined>();
  comparison = $state.raw<Comparison | undefined>();
  move = $state.raw<Move | undefined>();
  measured = $state.raw<Measured | undefined>();
  failure = $state.raw<Failure | undefined>();
  busy = $state(false);
  /** The stop on the way through the walk. */
  at = $state(0);
  playing = $state(false);
  /** The step that what is shown belongs to. */
  readonly step = $derived({ walk: this.walk, pixels: this.walk, losses: this.comparison, move: this.move }[this.panel]?.step);
  readonly route = $derived(this.walk && routeOf(this.walk));
  readonly stop = $derived(this.route?.stops[Math.min(this.at, this.route.stops.length - 1)]);

  readonly #api: Api;
  #asked = 0;
  #answered = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  show(panel: Panel): void {
    this.panel = panel;
    this.playing = false;
    void this.refresh();
  }

  turnTo(phase: string): void {
    this.phase = phase;
    this.at = 0;
    void this.refresh();
  }

  /** The image at this place of the batch. */
  choose(image: number): void {
    const batch = this.walk?.batch ?? 1;
    this.image = (image + batch) % batch;
    this.seed = undefined;
    void this.refresh();
  }

  /** A latent point of one's own. */
  drawPoint(seed: number): void {
    this.seed = seed;
    void this.refresh();
  }

  setMover(mover: Mover): void {
    this.mover = mover;
    void this.refresh();
  }

  goTo(at: number): void {
    this.at = Math.max(0, Math.min((this.route?.stops.length ?? 1) - 1, at));
  }

  /** Looks again, after a change of what is looked at or of the run; one request at a time, and the newest counts. */
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

  /** Measures the loss's slope at a pixel of the fake. */
  async measure(pixel: Pixel, gradient: number): Promise<void> {
    try {
      const { nudged: [one] } = await this.#api.call('inspect.nudge', { look: this.#place({ phase: this.phase }), pixels: [pixel], by: NUDGE });
      this.measured = one && { pixel, gradient, measured: (one.more - one.less) / (2 * NUDGE) };
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

  /** Forgets what belonged to another run, or to another step of it. */
  clear(): void {
    this.walk = undefined;
    this.comparison = undefined;
    this.move = undefined;
    this.measured = undefined;
    this.failure = undefined;
    this.playing = false;
  }

  async #look(): Promise<void> {
    const { panel, mover } = this;
    try {
      if (panel === 'losses') this.comparison = await this.#api.call('inspect.compare', this.#place({}));
      else if (panel === 'move') this.move = await this.#api.call('inspect.move', this.#place({ mover }));
      if (!this.walk || panel === 'walk' || panel === 'pixels') this.walk = await this.#api.call('inspect.walk', this.#place({ phase: this.phase }));
      this.measured = undefined;
      this.failure = undefined;
    } catch (error) {
      this.failure = toFailure(error);
      this.playing = false;
    }
  }

  #place<Rest extends object>(rest: Rest): Rest & { image: number; seed?: number } {
    const { image, seed } = this;
    return seed === undefined ? { ...rest, image } : { ...rest, image, seed };
  }
}
