/** Records the histories of short runs, healthy and ill, for tests of false alarms and of missed findings. */
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
import { openSome, shortRun, type Resources } from './short-run.ts';

/** A run as it is stored for tests: its settings, and the history that the rules use. */
export type RecordedHistory = { illness?: string; config: RunConfig; history: History };

/** Enough samples to tell whether half of them are copies. */
const SAMPLES = 100;

/** Trains each case, and writes its history into the folder `record` if that is given. */
export async function* benchHealth({
  only,
  record,
  ...resources
}: Resources & { only: string[]; record?: string | undefined }): AsyncGenerator<object> {
  const cases = named({ cases: HEALTH_CASES, nameOf: (each) => each.case, names: only, what: 'case' });
  for (const each of cases) {
    const started = performance.now();
    const recorded = await recordedOf(each, resources);
    if (record !== undefined)
      fs.writeFileSync(path.join(record, `${each.case}.json`), `${JSON.stringify(recorded)}\n`);
    yield { case: each.case, seconds: Math.round((performance.now() - started) / 1000), ...recorded.history };
  }
}

async function recordedOf(
  { config, illness, pictures }: HealthCase,
  resources: Resources,
): Promise<RecordedHistory> {
  const keeper = new HistoryKeeper();
  // Left out: when metrics on a trained network are measured depends on the machine's speed.
  const take = (event: RunEvent) => {
    if (event.type !== 'measures' || event.of === undefined) keeper.add(event);
  };
  return shortRun({ config, pictures, take }, resources, async ({ session, config: complete }) => {
    const { history } = keeper;
    if (pictures !== undefined) {
      const scores = await scoresOf({ session, config, pictures, samples: SAMPLES }, resources);
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
  /** Default: 500. */
  samples?: number;
};

/**
 * The scores of a trained run, including metrics on a trained network. Throws Error if that network is
 * missing.
 */
export async function scoresOf(
  { session, config, pictures, samples }: Trained,
  resources: Resources,
): Promise<Record<string, Score>> {
  const network = openEfficientNet(resources.folders.features);
  if (!network)
    throw new Error('Copies cannot be found without EfficientNet-Lite0: run npm run setup to fetch it.');
  const all = await openSome(config, pictures, resources);
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
