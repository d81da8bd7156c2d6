/**
 * Measures how fast the 2-D lab is without its window: frames a second with one step each, and the time of a
 * frame without a step.
 */
import { LAB_CONFIG, STUDY_POINTS, withRecommended, type RunConfig } from '../contract/index.ts';
import { Lab } from '../lab/index.ts';
import { median } from '../median.ts';
import { MODES_ROWS } from './modes-rows.ts';
import { named } from './named.ts';

const WARM = 30;
const FRAMES = 200;

export type LabFigure = {
  case: string;
  framesPerSecond: number;
  frameMilliseconds: number;
  slowestMilliseconds: number;
  idleFrameMilliseconds: number;
  distance: number;
};

type LabCase = { name: string; config: RunConfig };

const CASES: readonly LabCase[] = [
  { name: 'lab', config: LAB_CONFIG },
  {
    name: 'lab-128',
    config: { ...LAB_CONFIG, gan: { kind: 'mlp', options: { width: 128, depth: 3, slope: 0 } } },
  },
  ...MODES_ROWS.map((row) => ({
    name: row.case,
    config: {
      ...withRecommended(LAB_CONFIG, row.settings),
      dataset: { ...LAB_CONFIG.dataset, source: { kind: 'points' as const, points: STUDY_POINTS.grid } },
    },
  })),
];

/** `only`: names of cases; empty means all. */
export function* benchLab(only: string[]): Generator<LabFigure> {
  for (const { name, config } of named({
    cases: CASES,
    nameOf: (one) => one.name,
    names: only,
    what: 'case',
  })) {
    const lab = new Lab(config);
    const milliseconds = (steps: number) =>
      Array.from({ length: FRAMES }, () => {
        const start = performance.now();
        lab.frame({ steps, turn: 'both' });
        return performance.now() - start;
      });
    lab.frame({ steps: WARM, turn: 'both' });
    const frames = milliseconds(1);
    const idle = milliseconds(0);
    const all = frames.reduce((sum, each) => sum + each, 0);
    yield {
      case: name,
      framesPerSecond: Math.round((1000 * FRAMES) / all),
      frameMilliseconds: rounded(median(frames)),
      slowestMilliseconds: rounded(Math.max(...frames)),
      idleFrameMilliseconds: rounded(median(idle)),
      distance: rounded(lab.frame({ steps: 10, turn: 'both' }).distance ?? NaN),
    };
    lab.dispose();
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
