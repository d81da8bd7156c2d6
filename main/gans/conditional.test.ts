import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import type { Settled } from '../game/index.ts';
import { weightSpecs, type Network } from '../layers/index.ts';
import { ganOf, type GanInput } from './index.ts';

const conditional = ganOf('conditional');
const given: GanInput = {
  options: conditional.options.parse({ width: 4 }),
  image: { size: 28, channels: 1 },
  z: { size: 10, distribution: 'normal' },
  nodes: 1,
  classes: 3,
};
const settled: Settled = {
  config: DEFAULT_RUN_CONFIG,
  image: given.image,
  players: conditional.players(given),
  loss: { label: '', meaning: 'logit', takesLabels: true, reading: { of: 'probability' } },
  meanings: ['logit', 'score'],
};
const shapes = (network: Network) =>
  Object.fromEntries(weightSpecs(network).map(({ name, shape }) => [name, shape]));

test('G’s first layer sees the class beside z, and D’s first convolution sees it as one more channel; the rest is DCGAN', () => {
  const [own, plain] = [conditional, ganOf('dcgan')].map((gan) =>
    gan.players({ ...given, options: gan.options.parse({ width: 4 }) }),
  );
  const [generator, plainGenerator] = [own!, plain!].map((players) => shapes(players['generator']!.network));
  expect(generator!['start/kernel']).toEqual([13, 7 * 7 * 8]);
  expect({ ...generator, 'start/kernel': undefined }).toEqual({
    ...plainGenerator,
    'start/kernel': undefined,
  });
  const [discriminator, plainDiscriminator] = [own!, plain!].map((players) =>
    shapes(players['discriminator']!.network),
  );
  const {
    'class-numbers/kernel': kernel,
    'class-numbers/bias': bias,
    'down1/kernel': first,
    ...rest
  } = discriminator!;
  expect([kernel, bias, first]).toEqual([[3, 28 * 28], [28 * 28], [4, 4, 2, 4]]);
  expect({ ...rest, 'down1/kernel': [4, 4, 1, 4] }).toEqual(plainDiscriminator);
});

test('without two classes, or with points of the plane, it is refused with what to do instead', () => {
  expect(conditional.refuses?.(settled, given)).toBeUndefined();
  for (const classes of [0, 1])
    expect(conditional.refuses?.(settled, { ...given, classes })?.remedy).toContain('folder for each class');
  expect(conditional.refuses?.({ ...settled, image: { size: 1, channels: 2 } }, given)?.message).toContain(
    'points of the plane',
  );
});
