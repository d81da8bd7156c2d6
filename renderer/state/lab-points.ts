/** The points that the lab trains on: layouts that it offers, and one's own points. */
import { LAB_CONFIG, STUDY_POINTS, type Points, type RunConfig } from '#main/contract/index.ts';
import { OwnPoints } from './own-points.svelte.ts';
import type { Settings } from './settings.svelte.ts';

const OFFERED: Record<Exclude<Points['layout'], 'own'>, Points> = {
  ...STUDY_POINTS,
  ring: pointsOf(LAB_CONFIG) ?? STUDY_POINTS.ring,
};

export class LabPoints {
  readonly own = new OwnPoints();
  readonly #settings: Pick<Settings, 'draft'>;

  constructor(settings: Pick<Settings, 'draft'>) {
    this.#settings = settings;
  }

  /** The points that are trained on. */
  get chosen(): Points {
    return pointsOf(this.#settings.draft) ?? OFFERED.ring;
  }

  choose(layout: Points['layout']): void {
    this.#set(layout === 'own' ? this.own.mended() : structuredClone(OFFERED[layout]));
  }

  setDeviation(deviation: number): void {
    const { chosen } = this;
    if (chosen.layout !== 'blobs') this.#set({ ...chosen, deviation });
  }

  /** Trains on one's own points as they are now, unless something is wrong with them. */
  takeOwn(): void {
    if (this.own.points) this.#set(this.own.points);
  }

  #set(points: Points): void {
    this.#settings.draft.dataset.source = { kind: 'points', points };
  }
}

/** The points that a run trains on; undefined if it trains on pictures. */
function pointsOf({ dataset: { source } }: RunConfig): Points | undefined {
  return source.kind === 'points' ? source.points : undefined;
}
