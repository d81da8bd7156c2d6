/** Exports are of the model as it is now, or as a checkpoint has it. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS } from '../contract/index.ts';
import { EXPORTERS } from '../export/formats.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let opened: TestTrainer;

beforeEach(() => {
  opened = openTestTrainer('exports');
});

afterEach(() => opened.close());

/** A run that has taken four steps, with checkpoints of 2 and 4; returns its folder. */
async function finished(): Promise<string> {
  const { trainer } = opened;
  const { folder } = await trainer.handlers['run.start']({
    config: {
      ...DEFAULT_RUN_CONFIG,
      name: 'Ring',
      batch: 4,
      steps: 4,
      z: { size: 4, distribution: 'normal' },
      gan: { kind: 'mlp', options: { width: 4 } },
      dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
      checkpoints: { everySteps: 2, everyMinutes: 5, keep: 5 },
    },
  });
  while (fs.existsSync(path.join(folder, 'holder.json'))) await wait(2);
  return folder;
}

/** A web page whose only file says which step it is of. */
function shortPage(): void {
  const spy = vi.spyOn(EXPORTERS.html, 'files').mockImplementation(({ step }) => ({ step: String(step) }));
  onTestFinished(() => spy.mockRestore());
}

test('a preview and a sheet show the model of the checkpoint that is asked for, and free it', async () => {
  const { handlers } = opened.trainer;
  await finished();
  const now = await handlers['export.preview']({ seed: 1, count: 4 });
  const { numTensors } = tf.memory();
  expect(await handlers['export.preview']({ seed: 1, count: 4, checkpoint: 'newest' })).toEqual(now);
  const earlier = await handlers['export.preview']({ seed: 1, count: 4, checkpoint: 2 });
  expect(earlier.pixels).not.toEqual(now.pixels);
  await expect(handlers['export.preview']({ seed: 1, count: 4, checkpoint: 3 })).rejects.toMatchObject({
    code: 'no-checkpoint',
  });
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('a generator is exported as a checkpoint has it, as it is now by default, and the run stays open', async () => {
  const { trainer, folder, events } = opened;
  const run = await finished();
  shortPage();
  const best = Run.open(run).checkpoint('best').step;
  const { numTensors } = tf.memory();
  for (const [checkpoint, step] of [
    [2, 2],
    ['best', best],
    [undefined, 4],
  ] as const) {
    const [exported] = await trainer.handlers['export.generator']({ formats: ['html'], folder, checkpoint });
    expect(fs.readFileSync(path.join(exported!.folder, 'step'), 'utf8')).toBe(String(step));
    expect(path.basename(exported!.folder)).toMatch(new RegExp(`^ring-step-${step}-html`));
  }
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(await trainer.handlers['run.current']({})).toMatchObject({ step: 4 });
  expect(events.filter(({ type }) => type === 'exporting')).toContainEqual({
    type: 'exporting',
    format: 'html',
    doing: 'checking',
    done: 0,
    total: 1,
  });
});

test('an export that is cancelled leaves nothing, and the next one may begin', async () => {
  const { trainer, folder } = opened;
  await finished();
  shortPage();
  const target = path.join(folder, 'target');
  const asked = { formats: ['html' as const], folder: target };
  const exporting = trainer.handlers['export.generator'](asked);
  await expect(trainer.handlers['export.generator'](asked)).rejects.toMatchObject({ code: 'busy' });
  const refused = expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
  await trainer.handlers['export.cancel']({});
  await refused;
  expect(fs.existsSync(target) ? fs.readdirSync(target) : []).toEqual([]);
  expect(await trainer.handlers['export.generator'](asked)).toHaveLength(1);
});

test('pictures by seed need a class that there is, and points of a plane have none', async () => {
  const { trainer, folder } = opened;
  await finished();
  const asked = { seed: 1, count: 2, folder };
  const refused = { code: 'invalid-input' };
  await expect(trainer.handlers['export.pictures']({ ...asked, class: 7 })).rejects.toMatchObject(refused);
  await expect(trainer.handlers['export.pictures'](asked)).rejects.toMatchObject(refused);
});
