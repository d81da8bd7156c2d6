/**
 * The 2-D lab: the page sets the pace and asks the trainer for one frame at a time; changed settings are sent
 * between two frames.
 */
import {
  LAB_CONFIG,
  toFailure,
  type Api,
  type Failure,
  type LabFacts,
  type LabFrame,
  type LabFrameRequest,
  type PhaseEntry,
  type RunConfig,
} from '#main/contract/index.ts';
import { changeWords } from './lab-changes.ts';
import { LabCurves } from './lab-curves.svelte.ts';
import { LabGans } from './lab-gans.svelte.ts';
import { LabPace } from './lab-pace.ts';
import { LabPoints } from './lab-points.ts';
import { roundOf, SlowMotion } from './lab-turns.ts';
import { Settings } from './settings.svelte.ts';

export type Speed = 'slow' | 'one' | 'some' | 'many';
export type Layer = 'heat' | 'manifold' | 'real' | 'fakes' | 'arrows';
export type Readout = { step: number; frames: number; steps: number; distance: number | undefined };

/** What one step takes: the turn of a phase, by its name, or all turns that are due. */
type Turn = Omit<LabFrameRequest, 'steps'>;

const STEPS_A_FRAME: Record<Speed, number> = { slow: 1, one: 1, some: 4, many: 16 };
/** Milliseconds without another change before changed settings are sent. */
const SETTLE = 250;
/** Milliseconds between updates of figures and curves while it plays; frames go to the plane. */
const READ = 300;

export class Lab {
  readonly settings: Settings;
  readonly gans: LabGans;
  readonly points: LabPoints;
  readonly curves = new LabCurves();
  playing = $state(false);
  speed = $state<Speed>('some');
  layers = $state<Record<Layer, boolean>>({
    heat: true,
    manifold: true,
    real: true,
    fakes: true,
    arrows: true,
  });
  frame = $state.raw<LabFrame | undefined>();
  facts = $state.raw<LabFacts | undefined>();
  /** The phase whose turn was taken last, if turns are taken one by one. */
  turn = $state.raw<PhaseEntry | undefined>();
  /** Why the settings on show were refused; the lab goes on with the ones before. */
  refusal = $state.raw<Failure | undefined>();
  /** Why the lab cannot go on. */
  failure = $state.raw<Failure | undefined>();
  readout = $state.raw<Readout>({ step: 0, frames: 0, steps: 0, distance: undefined });
  /** Whether `tick` has something to do although the lab does not play. */
  waiting = $state(true);

  /** The settings that it plays with; they differ from those on show while the latter are refused. */
  #played = $state.raw<RunConfig>(LAB_CONFIG);
  /** The phases of the GAN that plays; none until the catalogue has loaded. */
  readonly phases: readonly PhaseEntry[] = $derived.by(
    () => this.settings.entry('gans', this.#played.gan.kind)?.phases ?? [],
  );

  readonly #api: Api;
  readonly #pace = new LabPace();
  readonly #slowMotion = new SlowMotion();
  #busy = false;
  /**
   * Time of a frame of the page that came while a request was under way. It is caught up on after the
   * request, since waiting for the next frame would lose half of all frames.
   */
  #missed: number | undefined;
  /** What is to be requested; `configureAt`: when changed settings are sent, in milliseconds. */
  #wants: { open: boolean; look: boolean; steps: Turn[]; configureAt: number | undefined } = {
    open: true,
    look: false,
    steps: [],
    configureAt: undefined,
  };
  /** The settings that were sent last, as JSON. */
  #sentConfig = '';
  /** When figures and curves were last updated, in milliseconds. */
  #readAt = 0;

  constructor(api: Api) {
    this.#api = api;
    this.settings = new Settings(api, LAB_CONFIG);
    this.gans = new LabGans({ api, settings: this.settings });
    this.points = new LabPoints(this.settings);
  }

  toggle(): void {
    this.playing = !this.playing && this.facts !== undefined;
    if (this.playing) this.#pace.clear();
    else this.#read();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.#slowMotion.restart();
    this.#pace.clear();
    if (speed !== 'slow') this.turn = undefined;
  }

  /** Takes one step, or the turn of the phase of this name, and pauses. */
  step(turn?: string): void {
    this.playing = false;
    this.#wants.steps.push({ turn });
    this.waiting = true;
  }

  /** Begins again from the initial weights. */
  restart(): void {
    this.#wants = { open: true, look: false, steps: [], configureAt: undefined };
    this.waiting = true;
  }

  /** Has changed settings sent once they have settled; call it when they may have changed. */
  follow(now: number): void {
    const asked = JSON.stringify(this.#config());
    const isSent = this.settings.problem === undefined && asked !== this.#sentConfig && !this.#wants.open;
    this.#wants.configureAt = isSent ? now + SETTLE : undefined;
    if (isSent) this.waiting = true;
  }

  /**
   * Does what is due, or does it after the request that is under way; call it for every frame of the page.
   */
  tick(now: number): void {
    this.#missed = this.#busy ? now : undefined;
    if (this.#busy) return;
    const work = this.#due(now);
    if (work) void this.#serve(work);
    else this.waiting = this.#wants.configureAt !== undefined;
  }

  /** Pauses the lab when its view is left; a lab without a single step is closed. */
  leave(): void {
    this.playing = false;
    if (!this.facts || this.curves.steps > 0 || this.#busy) return;
    this.facts = undefined;
    this.restart();
    void this.#api.call('lab.close', {}).catch(() => undefined);
  }

  #due(now: number): (() => Promise<void>) | undefined {
    const { configureAt } = this.#wants;
    if (this.#wants.open) return () => this.#open();
    if (configureAt !== undefined && now >= configureAt) return () => this.#configure();
    if (!this.facts) return undefined;
    const step = this.#wants.steps.shift();
    if (step) return () => this.#take({ steps: 1, ...step }, now);
    if (this.playing) return this.#playing(now);
    return this.#wants.look ? () => this.#take({ steps: 0 }, now) : undefined;
  }

  #playing(now: number): (() => Promise<void>) | undefined {
    if (this.speed !== 'slow') return () => this.#take({ steps: STEPS_A_FRAME[this.speed] }, now);
    const due = this.#slowMotion.next(now, roundOf(this.phases, this.settings.draft.turns));
    return due && (() => this.#take({ steps: 1, ...due }, now));
  }

  async #serve(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await work();
    } catch (error) {
      this.#stopped(toFailure(error));
    } finally {
      this.#busy = false;
    }
    if (this.#missed !== undefined) this.tick(this.#missed);
  }

  #stopped(failure: Failure): void {
    const gone = isGone(failure);
    this.failure = gone
      ? { ...failure, remedy: 'Reset the lab: it starts again with these settings.' }
      : failure;
    if (gone) this.facts = undefined;
    this.playing = false;
    this.#wants.steps = [];
    this.#wants.look = false;
  }

  async #open(): Promise<void> {
    this.#wants.open = false;
    this.#wants.configureAt = undefined;
    const config = this.#config();
    this.#sentConfig = JSON.stringify(config);
    this.facts = await this.#api.call('lab.open', { config });
    this.#played = config;
    this.failure = this.refusal = this.turn = undefined;
    this.curves.restart();
    this.#slowMotion.restart();
    this.#wants.look = true;
  }

  async #configure(): Promise<void> {
    this.#wants.configureAt = undefined;
    const config = this.#config();
    this.#sentConfig = JSON.stringify(config);
    try {
      this.facts = await this.#api.call(this.facts ? 'lab.configure' : 'lab.open', { config });
      this.refusal = undefined;
      const text = changeWords(this.#played, config, this.settings);
      this.#played = config;
      this.curves.mark({ text, step: this.facts.step });
      this.#wants.look = true;
    } catch (error) {
      const failure = toFailure(error);
      if (isGone(failure)) this.#stopped(failure);
      else this.refusal = failure;
    }
  }

  async #take(request: LabFrameRequest, now: number): Promise<void> {
    this.#wants.look = false;
    const frame = await this.#api.call('lab.frame', request);
    this.failure = undefined;
    this.frame = frame;
    if (request.steps > 0) this.turn = this.phases.find(({ name }) => name === request.turn);
    this.#pace.count(now, request.steps);
    this.curves.add(frame);
    if (!this.playing || this.speed === 'slow' || now - this.#readAt >= READ) this.#read(now);
  }

  #read(now = this.#readAt): void {
    this.#readAt = now;
    const { steps, distance } = this.curves;
    this.readout = { ...this.#pace.rates(), step: steps, distance };
    this.curves.show();
  }

  #config(): RunConfig {
    return this.settings.configFor(this.settings.draft.dataset);
  }
}

/** Whether the trainer no longer has the lab. */
const isGone = ({ code }: Failure): boolean => code === 'host-crashed' || code === 'no-lab';
