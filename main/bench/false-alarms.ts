/** What is said to be ill of every preset on data that suits it: the histories that thresholds were set on are others. */
import {
  DEFAULT_RUN_CONFIG,
  STUDY_POINTS,
  withRecommended,
  type DatasetSource,
  type RunConfig,
} from '../contract/index.ts';
import { PRESETS } from '../presets.ts';
import { named } from './named.ts';
import { shortRun, type Opened } from './short-run.ts';

const STEPS = 3000;
const EVERY_STEPS = 100;
const SHARE = 0.5;
/** No recorded history has one of these. */
const SEEDS = [11, 12];
const FEW = 300;

type Data = { source: DatasetSource; colour: 'grey' | 'rgb'; pictures?: number };
type DataName = 'digits' | 'emoji' | 'some digits' | 'some emoji' | 'ring' | 'blobs';
const DATA: Record<DataName, Data> = {
  'digits': { source: { kind: 'built-in', name: 'digits' }, colour: 'grey' },
  'emoji': { source: { kind: 'built-in', name: 'emoji' }, colour: 'rgb' },
  'some digits': { source: { kind: 'built-in', name: 'digits' }, colour: 'grey', pictures: FEW },
  'some emoji': { source: { kind: 'built-in', name: 'emoji' }, colour: 'rgb', pictures: FEW },
  'ring': { source: { kind: 'points', points: STUDY_POINTS.ring }, colour: 'grey' },
  'blobs': { source: { kind: 'points', points: STUDY_POINTS.blobs }, colour: 'grey' },
};

/** Two sets for each preset, but for the one that needs classes. */
const SUITED: Record<string, readonly DataName[]> = {
  'few-images': ['some digits', 'some emoji'],
  'with-classes': ['digits'],
  'classroom': ['ring', 'blobs'],
};
const PICTURES = ['digits', 'emoji'] as const;

type Row = {
  case: string;
  preset: string;
  data: string;
  seed: number;
  config: RunConfig;
  pictures: number | undefined;
};

const ROWS: readonly Row[] = PRESETS.flatMap(({ kind, recommends }) =>
  (SUITED[kind] ?? PICTURES).map((data, place) => {
    const { source, colour, pictures } = DATA[data];
    const seed = SEEDS[place] ?? 0;
    const { dataset, checkpoints, measuring, ...config } = withRecommended(DEFAULT_RUN_CONFIG, recommends);
    const options = { ...dataset.options, colour };
    return {
      case: `${kind} on ${data}`,
      preset: kind,
      data,
      seed,
      pictures,
      config: {
        ...config,
        dataset: { ...dataset, source, options },
        checkpoints: { ...checkpoints, everySteps: EVERY_STEPS },
        // In a run so short, the usual share is not enough for KID.
        measuring: { ...measuring, share: SHARE },
        steps: STEPS,
        seed,
      },
    };
  }),
);

/** Trains each for so long at most, and tells every ill finding with the steps at which it began and ended. */
export async function* benchFalseAlarms({
  only,
  minutes,
  ...opened
}: Opened & { only: string[]; minutes: number }): AsyncGenerator<object> {
  const rows = named({ cases: ROWS, nameOf: (row) => row.case, names: only, what: 'case' });
  for (const { preset, data, seed, config, pictures } of rows) {
    const alarms: { words: string; from: number; to?: number }[] = [];
    let [steps, measurements, last] = [0, 0, ''];
    await shortRun(
      {
        config,
        pictures,
        seconds: 60 * minutes,
        take(event) {
          steps = event.step;
          if (event.type === 'measures' && event.of !== undefined) measurements += 1;
          if (event.type !== 'health') return;
          last = event.findings.map(({ words }) => words).join('; ');
          const ill = event.findings.filter(({ tone }) => tone === 'ill').map(({ words }) => words);
          for (const alarm of alarms)
            if (alarm.to === undefined && !ill.includes(alarm.words)) alarm.to = event.step;
          for (const words of ill)
            if (!alarms.some((alarm) => alarm.to === undefined && alarm.words === words))
              alarms.push({ words, from: event.step });
        },
      },
      opened,
      () => undefined,
    );
    yield { preset, data, seed, steps, ofNetwork: measurements, alarms, last };
  }
}
