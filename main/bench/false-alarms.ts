/**
 * Looks for false alarms of health: trains every preset on suitable data, with seeds that set no thresholds.
 */
import {
  DEFAULT_RUN_CONFIG,
  STUDY_POINTS,
  withRecommended,
  type DatasetSource,
  type Finding,
  type RunConfig,
} from '../contract/index.ts';
import { healthOf, HistoryKeeper, withMeasured } from '../health/index.ts';
import { PRESETS } from '../catalogue/index.ts';
import { asMeasured } from '../training/index.ts';
import { scoresOf } from './health.ts';
import { named } from './named.ts';
import { shortRun, type Resources } from './short-run.ts';

const STEPS = 3000;
const EVERY_STEPS = 100;
const SHARE = 0.5;
/** No recorded history has one of these seeds. */
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

/** The data of presets that other data suit than PICTURES. */
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
  (SUITED[kind] ?? PICTURES).map((data, index) => {
    const { source, colour, pictures } = DATA[data];
    const seed = SEEDS[index] ?? 0;
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
        // In such a short run, the usual share of time is not enough for KID.
        measuring: { ...measuring, share: SHARE },
        steps: STEPS,
        seed,
      },
    };
  }),
);

/**
 * Trains each case for at most `minutes`, measures it with every metric, and yields every ill finding with
 * its steps.
 */
export async function* benchFalseAlarms({
  only,
  minutes,
  ...resources
}: Resources & { only: string[]; minutes: number }): AsyncGenerator<object> {
  const rows = named({ cases: ROWS, nameOf: (row) => row.case, names: only, what: 'case' });
  for (const { preset, data, seed, config, pictures } of rows) {
    const alarms = new Alarms();
    const keeper = new HistoryKeeper();
    const { last, ...figures } = await shortRun(
      {
        config,
        pictures,
        seconds: 60 * minutes,
        take(event) {
          keeper.add(event);
          if (event.type === 'health') alarms.note(event.step, event.findings);
        },
      },
      resources,
      async ({ session, config: complete }) => {
        const { step } = session;
        const isOfPoints = complete.dataset.source.kind === 'points';
        const scores = isOfPoints ? {} : await scoresOf({ session, config: complete, pictures }, resources);
        const history = withMeasured(keeper.history, { step, ...asMeasured(scores) });
        const findings = healthOf({ history, config: complete });
        alarms.note(step, findings);
        const words = findings.map((finding) => finding.words).join('; ');
        return { steps: step, kid: scores['kid']?.value, copies: scores['copies']?.value, last: words };
      },
    );
    yield { preset, data, seed, ...figures, alarms: alarms.all, last };
  }
}

/** Ill findings, with the steps at which each began and ended. */
class Alarms {
  readonly all: { words: string; from: number; to?: number }[] = [];

  note(step: number, findings: readonly Finding[]): void {
    const ill = findings.filter(({ tone }) => tone === 'ill').map(({ words }) => words);
    const open = this.all.filter((alarm) => alarm.to === undefined);
    for (const alarm of open) if (!ill.includes(alarm.words)) alarm.to = step;
    for (const words of ill)
      if (!open.some((alarm) => alarm.words === words)) this.all.push({ words, from: step });
  }
}
