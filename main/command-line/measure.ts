/** `measure`: measures a run by every metric, beside the yardsticks. */
import path from 'node:path';
import type { Finding, WhichCheckpoint } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { healthOf, historyOf, withMeasured } from '../health/index.ts';
import { METRICS, openEfficientNet, type Score } from '../metrics/index.ts';
import { allPieces } from '../pieces.ts';
import { measureQuality, type Quality, type Subject } from '../quality/index.ts';
import { openRunData, readEvents, type Run } from '../runs/index.ts';
import { withModel, type OpenedModel } from '../training/index.ts';
import { withDecoders } from './default-decoders.ts';
import { defaultFolders } from './default-folders.ts';
import { forTerminal } from './for-terminal.ts';
import { healthLines } from './health-lines.ts';
import { duration, Progress } from './progress.ts';
import { scoreInWords } from './score-words.ts';
import { sourceFrom, withRemedies, type PicturesFlags } from './run-pictures.ts';
import { tableLines } from './table.ts';

export type Measurement = Omit<Quality, 'generated'> & {
  run: string;
  step: number;
  /** The network whose features the metrics use. */
  network: 'EfficientNet-Lite0' | 'none';
  health: Finding[];
};

/** Measures a checkpoint of a run, by default the newest, always with the same latent points and pictures. */
export function measureCommand({
  run: folder,
  checkpoint,
  changedData,
  ...pictures
}: PicturesFlags & { run: string; checkpoint?: WhichCheckpoint | undefined }): Promise<Measurement> {
  const source = sourceFrom(pictures);
  return withModel({ folder: path.resolve(folder), checkpoint }, async ({ run, step, model }) => {
    const folders = defaultFolders();
    const { dataset } = await withRemedies(() =>
      withDecoders((decoders) => openRunData(run, { folders, decoders, source, changedData })),
    );
    try {
      return { run: run.config.name, ...measuredNow({ run, step, model, dataset }, folders.features) };
    } finally {
      dataset.close();
    }
  });
}

function measuredNow(
  { run, step, ...of }: OpenedModel & { dataset: Dataset },
  features: string | undefined,
): Omit<Measurement, 'run'> {
  const network = of.dataset.channels === 2 ? undefined : openEfficientNet(features);
  if (!network && of.dataset.channels !== 2) process.stderr.write(WITHOUT_NETWORK);
  const progress = new Progress('Measuring');
  const started = performance.now();
  try {
    const quality = allPieces(measureQuality({ ...of, config: run.config, network }), ({ done, total }) => {
      const left = ((performance.now() - started) / 1000) * (total / done - 1);
      progress.show({ done, total, note: `${duration(left)} left` });
    });
    return {
      step,
      network: network ? 'EfficientNet-Lite0' : 'none',
      samples: quality.samples,
      images: quality.images,
      trained: quality.trained,
      heldOut: quality.heldOut,
      scores: quality.scores,
      nearest: quality.nearest,
      health: healthAt({ run, step, scores: quality.scores.samples }),
    };
  } finally {
    progress.end();
    network?.dispose();
  }
}

/** The health of the run at this step, with the new scores. */
function healthAt({
  run,
  step,
  scores,
}: {
  run: Run;
  step: number;
  scores: Record<string, Score>;
}): Finding[] {
  const history = historyOf(readEvents(run.folder).map(({ event }) => event));
  const values = Object.fromEntries(Object.entries(scores).map(([kind, { value }]) => [kind, value]));
  return healthOf({ history: withMeasured(history, { step, values }), config: run.config });
}

const WITHOUT_NETWORK =
  'EfficientNet-Lite0 is not installed, so only the distance in random features is measured. Run npm run setup to fetch it.\n';

const SUBJECTS: Record<Subject, string> = {
  samples: 'samples',
  heldOut: 'held out',
  untrained: 'untrained',
  noise: 'noise',
};

/** The measurement as a table with a line for each metric. */
export function measurementTable(measurement: Measurement): string {
  const { run, step, samples, images, trained, heldOut, scores, network } = measurement;
  const columns = { ...SUBJECTS, ...(heldOut === 0 && { heldOut: 'data' }) };
  const subjects = ['samples', 'heldOut', 'untrained', 'noise'] as const;
  const rows = METRICS.filter(({ kind }) => kind in scores.samples).map(({ kind, label, better }) => [
    label,
    better === 'up' ? 'higher' : 'lower',
    ...subjects.map((subject) => scoreInWords(scores[subject][kind])),
  ]);
  const table = [['', 'better', ...subjects.map((subject) => columns[subject])], ...rows];
  const lines = [
    `${forTerminal(run)} at step ${step}: ${samples} samples against ${images} of the data.`,
    ...tableLines(table, 2),
    ...(heldOut === 0
      ? ['data: one half of the data against the other, since the run has no held-out pictures.']
      : [`held out: ${heldOut} pictures that the run does not train on.`]),
    ...(network === 'none'
      ? []
      : [
          `Copies: among ${trained} of the pictures trained on. --json names the nearest one of each sample.`,
        ]),
  ];
  return `${lines.join('\n')}\n${healthLines(measurement.health)}`;
}
