/** What is said of short runs, healthy and ill: false alarms, and illnesses that are missed. */
import fs from 'node:fs';
import path from 'node:path';
import type { RunConfig, RunEvent } from '../contract/index.ts';
import { HistoryKeeper, type History } from '../health/index.ts';
import { openEfficientNet, type Score } from '../metrics/index.ts';
import { allPieces } from '../pieces.ts';
import { measureQuality } from '../quality/index.ts';
import type { Session } from '../training/index.ts';
import { HEALTH_CASES, type HealthCase } from './health-cases.ts';
import { named } from './named.ts';
import { openSome, shortRun, type Opened } from './short-run.ts';

/** A run as it is stored for tests: its settings, and all that the rules go by. */
export type RecordedHistory = { illness?: string; config: RunConfig; history: History };

/** Of 100 samples, which are enough to tell whether half of them are copies. */
const SAMPLES = 100;

/** Trains each case, and writes its history into the folder `record`, where there is one. */
export async function* benchHealth({
  only,
  record,
  ...opened
}: Opened & { only: string[]; record?: string | undefined }): AsyncGenerator<object> {
  const cases = named({ cases: HEALTH_CASES, nameOf: (each) => each.case, names: only, what: 'case' });
  for (const each of cases) {
    const started = performance.now();
    const recorded = await recordedOf(each, opened);
    if (record !== undefined)
      fs.writeFileSync(path.join(record, `${each.case}.json`), `${JSON.stringify(recorded)}\n`);
    yield { case: each.case, seconds: Math.round((performance.now() - started) / 1000), ...recorded.history };
  }
}

async function recordedOf(
  { config, illness, pictures }: HealthCase,
  opened: Opened,
): Promise<RecordedHistory> {
  const keeper = new HistoryKeeper();
  // Metrics on a trained network come when there is time for them: histories go without.
  const take = (event: RunEvent) => {
    if (event.type !== 'measures' || event.of === undefined) keeper.add(event);
  };
  return shortRun({ config, pictures, take }, opened, async ({ session, config: complete }) => {
    const { history } = keeper;
    if (pictures !== undefined) {
      const scores = await scoresOf({ session, config, pictures, samples: SAMPLES }, opened);
      const last = history.measured.at(-1);
      if (last) last.values = { ...last.values, copies: scores['copies']?.value ?? NaN };
    }
    return { ...(illness !== undefined && { illness }), config: complete, history };
  });
}

type Trained = {
  session: Session;
  config: RunConfig;
  pictures: number | undefined;
  /** 500 by default. */
  samples?: number;
};

/** What is measured of a trained run, metrics on a trained network included. */
export async function scoresOf(
  { session, config, pictures, samples }: Trained,
  opened: Opened,
): Promise<Record<string, Score>> {
  const network = openEfficientNet(opened.folders.features);
  if (!network) throw new Error('Without EfficientNet-Lite0 no copies are found: npm run setup fetches it.');
  const all = await openSome(config, pictures, opened);
  const dataset = all.holdOut?.(config) ?? all;
  try {
    const { model } = session;
    const { scores } = allPieces(
      measureQuality({ model, config, dataset, network, ...(samples && { samples }) }),
    );
    return scores.samples;
  } finally {
    network.dispose();
    dataset.close();
  }
}
