/** Each setting of a run is described, and reached by its path. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  RUN_SETTINGS,
  isSettingPath,
  kindOf,
  runConfigSchema,
  setAt,
  settingAt,
  valueAt,
  withSettings,
} from './index.ts';

/** Paths to all values in a config. */
function pathsIn(part: unknown, path = ''): string[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return [path];
  return Object.entries(part).flatMap(([key, value]) => pathsIn(value, path === '' ? key : `${path}.${key}`));
}

test('all settings of a run are described', () => {
  // Choices from the catalogue, and where the data set lies, are described elsewhere.
  const others =
    /^version$|^classes$|^dataset\.(source\.|leftOut$)|^stabilisers$|^(gan|loss|optimizer)\.kind$|\.options\.?$/;
  const paths = pathsIn({
    ...DEFAULT_RUN_CONFIG,
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, options: [] },
  }).filter((path) => !others.test(path) && path !== 'gan' && path !== 'loss');
  expect(paths.filter((path) => !isSettingPath(path))).toEqual([]);
});

test('titles and flags are told apart', () => {
  const single = RUN_SETTINGS.filter((each) => kindOf(each) !== 'group');
  for (const names of [
    single.map(({ title }) => title),
    RUN_SETTINGS.flatMap(({ flag }) => flag?.name ?? []),
  ])
    expect(new Set(names).size).toBe(names.length);
});

test('settings are read and set by their paths', () => {
  const config = structuredClone(DEFAULT_RUN_CONFIG);
  expect(valueAt(config, 'optimizer.learningRate.generator')).toBe(1e-3);
  setAt(config, 'optimizer.schedule.kind', 'linear');
  expect(config.optimizer.schedule.kind).toBe('linear');
  expect(withSettings(config, { 'batch': 8, 'z.size': 2 })).toEqual({
    ...config,
    batch: 8,
    z: { ...config.z, size: 2 },
  });
  expect(config.batch).toBe(DEFAULT_RUN_CONFIG.batch);
});

test('a choice has words for each of its values', () => {
  expect(Object.keys(settingAt('turns.kind').choices ?? {})).toEqual(
    runConfigSchema.shape.turns.shape.kind.options,
  );
});
