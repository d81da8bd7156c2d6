/** What a run takes at most on the disk, and what to change where there is less. */
import { expect, test } from 'vitest';
import { diskInWords, diskShortage, diskUse } from './disk-use.ts';
import { DEFAULT_RUN_CONFIG } from './run-config.ts';

const MB = 1_000_000;
const pieces = { checkpoint: 10 * MB, sheet: 0.1 * MB, step: 150 };
const config = {
  ...DEFAULT_RUN_CONFIG,
  steps: 1000,
  samples: { count: 64, everySteps: 30 },
  checkpoints: { everySteps: 100, everyMinutes: 5, keep: 3 },
  measuring: { share: 0.02, best: 'kid' as const },
};

test('the newest checkpoints and the best stay, and two more are there while it trains', () => {
  const use = diskUse({ config, pieces, seconds: 60 });
  expect(use.checkpoints).toBe(40 * MB);
  expect(use.peak - use.total).toBe(20 * MB);
  const unmeasured = diskUse({ config: { ...config, measuring: { ...config.measuring, share: 0 } }, pieces });
  expect(unmeasured.peak - unmeasured.total).toBe(10 * MB);
});

test('a run that saves less often than it keeps has only what it saves, by its steps or by the clock', () => {
  const short = { ...config, steps: 120 };
  expect(diskUse({ config: short, pieces, seconds: 60 })).toMatchObject({ checkpoints: 20 * MB });
  expect(diskUse({ config: short, pieces, seconds: 301 })).toMatchObject({ checkpoints: 30 * MB });
  expect(diskUse({ config: short, pieces })).toMatchObject({ checkpoints: 40 * MB });
  expect(diskUse({ config: { ...config, steps: 1 }, pieces })).toMatchObject({ checkpoints: 10 * MB });
});

test('there is a sheet at the beginning, one every so many steps, and one at the end', () => {
  expect(diskUse({ config, pieces }).samples).toBeCloseTo(35 * pieces.sheet);
  expect(diskUse({ config: { ...config, steps: 990 }, pieces }).samples).toBeCloseTo(34 * pieces.sheet);
});

test('a line for each step and each picture are part of the records, and the text log has an end', () => {
  const { records } = diskUse({ config, pieces, seconds: 0 });
  const longer = { ...config, steps: 2000, samples: { count: 64, everySteps: 60 } };
  const often = { ...longer.checkpoints, everySteps: 200 };
  expect(diskUse({ config: { ...longer, checkpoints: often }, pieces, seconds: 0 }).records - records).toBe(
    1000 * pieces.step,
  );
  expect(diskUse({ config, pieces, seconds: 0, pictures: 1000 }).records - records).toBe(38_000);
  const endless = { ...config, steps: 10_000_000, checkpoints: { ...config.checkpoints, everySteps: 1000 } };
  expect(diskUse({ config: endless, pieces: { ...pieces, step: 0 }, seconds: 0 }).records).toBeLessThan(
    55 * MB,
  );
});

test('the words name what is free, where the system tells', () => {
  const use = diskUse({ config, pieces });
  expect(diskInWords(use, 31_000 * MB)).toBe('At most 44 MB on the disk, where 31 GB are free.');
  expect(diskInWords(use, undefined)).toBe('At most 44 MB on the disk.');
});

const shortageOf = (free: number | undefined, changes: Partial<typeof config> = {}) => {
  const asked = { ...config, ...changes };
  return diskShortage({ config: asked, pieces, free });
};

test('a run that fits is not warned of, nor one where nobody knows what is free', () => {
  expect(shortageOf(100 * MB)).toBeUndefined();
  expect(shortageOf(undefined)).toBeUndefined();
});

test('settings are named that make the run fit, one alone each', () => {
  const shortage = shortageOf(62 * MB);
  expect(shortage?.message).toBe('The run may take 64 MB while it trains, and 62 MB are free on the disk.');
  expect(shortage?.remedy).toBe(
    'Set “Samples every (steps)” to 63 or more, “Checkpoints kept” to 2 or “Steps” to 510 or fewer, or make room on the disk.',
  );
  for (const changes of [
    { samples: { count: 64, everySteps: 63 } },
    { checkpoints: { ...config.checkpoints, keep: 2 } },
    { steps: 510 },
  ])
    expect(shortageOf(62 * MB, changes)).toBeUndefined();
});

test('where no setting alone is enough, room is asked for', () => {
  expect(shortageOf(1000)?.remedy).toBe('Make room on the disk.');
});
