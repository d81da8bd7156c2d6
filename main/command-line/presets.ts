/**
 * `presets`: trains each preset for a while, and writes a sheet of new pictures. The app shows these sheets
 * beside the presets.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { losslessCompressPngSync } from '@napi-rs/image';
import { z } from 'zod';
import { chosen } from '../game/index.ts';
import {
  DEFAULT_RUN_CONFIG,
  STUDY_POINTS,
  withRecommended,
  type Preset,
  type RunConfig,
} from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { fixedKey, newPictures } from '../explore/index.ts';
import { PRESETS } from '../catalogue/index.ts';
import { sheetPng, writeNamed } from '../runs/index.ts';
import { RunInTraining, withClasses } from '../training/index.ts';
import { withDecoders } from './default-decoders.ts';
import { defaultFolders } from './default-folders.ts';

/** Pictures in a sheet, and the most classes in it: four rows of four. */
const SHOWN = 16;
const MOST_ROWS = 4;
/** Steps for a preset that has no picture yet. */
const FIRST_STEPS = 2000;

/** What each picture was made with, by the preset's kind. */
const madeSchema = z.record(
  z.string(),
  z.object({ seed: z.number(), step: z.number(), dataset: z.string(), size: z.number() }),
);
type Made = z.infer<typeof madeSchema>;

export type PresetsFlags = { into: string; only?: string; steps?: number };

/**
 * Writes the picture of each preset, or of one, into the folder, and records in made.json what it was made
 * with. Calls `onPicture` with the path of each. Throws StudioError `unknown-preset` or `not-written`.
 */
export async function presetsCommand(
  { into, only, steps }: PresetsFlags,
  onPicture: (file: string) => void,
): Promise<void> {
  const presets = only === undefined ? PRESETS : [presetOf(only)];
  for (const preset of presets) {
    const config = configFor(preset, steps ?? madeIn(into)[preset.kind]?.step ?? FIRST_STEPS);
    const file = path.resolve(into, `${preset.kind}.png`);
    await withDecoders(async (decoders) => {
      const dataset = await openDataset({ ...config.dataset, folders: defaultFolders(), decoders });
      await drawPreset({ config, dataset, file });
      note(into, preset, {
        seed: config.seed,
        step: config.steps,
        dataset: dataset.summary.name,
        size: dataset.size,
      });
    });
    onPicture(file);
  }
}

function presetOf(kind: string): Preset {
  return chosen({
    entries: PRESETS,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'preset',
    code: 'unknown-preset',
  });
}

/** The built-in digits, or points of the plane for a preset that is made for them. */
function configFor({ recommends, suits }: Preset, steps: number): RunConfig {
  const config = withRecommended(DEFAULT_RUN_CONFIG, recommends);
  const dataset: RunConfig['dataset'] =
    suits?.data === 'points'
      ? { ...config.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } }
      : config.dataset;
  return { ...config, dataset, steps };
}

/** Trains to the end in a temporary folder, and writes a sheet of what the averaged generator makes. */
async function drawPreset({
  config,
  dataset,
  file,
}: {
  config: RunConfig;
  dataset: Dataset;
  file: string;
}): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-presets-'));
  const complete = withClasses(config, dataset);
  const training = RunInTraining.beginNew({
    folder: path.join(folder, 'run'),
    config: complete,
    dataset,
    program: 'the pictures of presets',
  });
  const { session } = training;
  try {
    const steps = training.steps(new AbortController().signal);
    while ((await steps.next()).done !== true) {
      // The events are not needed.
    }
    const shown = { ...complete, classes: complete.classes.slice(0, MOST_ROWS) };
    const key = fixedKey(config);
    const sheet = sheetPng(newPictures({ model: session.model, config: shown, key, count: SHOWN }));
    writeNamed(file, losslessCompressPngSync(sheet));
  } finally {
    session.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Records it in made.json, in the order of the presets. */
function note(into: string, { kind }: Preset, made: Made[string]): void {
  const all: Made = { ...madeIn(into), [kind]: made };
  const ordered = PRESETS.flatMap((each) => {
    const found = all[each.kind];
    return found ? [[each.kind, found] as const] : [];
  });
  writeNamed(madeFile(into), `${JSON.stringify(Object.fromEntries(ordered), null, 2)}\n`);
}

function madeIn(into: string): Made {
  const file = madeFile(into);
  return fs.existsSync(file) ? madeSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : {};
}

const madeFile = (into: string): string => path.resolve(into, 'made.json');
