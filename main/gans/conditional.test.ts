import { expect, test } from 'vitest';
import { weightSpecs, type Network } from '../layers/index.ts';
import { ganOf, type NetworksFor } from './index.ts';

const conditional = ganOf('conditional');
const given: NetworksFor = {
  options: conditional.options.parse({ width: 4 }),
  image: { size: 28, channels: 1 },
  z: 10,
  verdicts: 1,
  classes: 3,
};
const shapes = (network: Network) =>
  Object.fromEntries(weightSpecs(network).map(({ name, shape }) => [name, shape]));

test("G's first layer sees the class beside z, and D's first convolution sees it as one more channel; the rest is DCGAN", () => {
  const [own, plain] = [conditional, ganOf('dcgan')].map((gan) =>
    gan.networks({ ...given, options: gan.options.parse({ width: 4 }) }),
  );
  const [generator, plainGenerator] = [own!, plain!].map((networks) => shapes(networks['generator']!));
  expect(generator!['start/kernel']).toEqual([13, 7 * 7 * 8]);
  expect({ ...generator, 'start/kernel': undefined }).toEqual({
    ...plainGenerator,
    'start/kernel': undefined,
  });
  const [discriminator, plainDiscriminator] = [own!, plain!].map((networks) =>
    shapes(networks['discriminator']!),
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
  expect(conditional.refuses?.(given)).toBeUndefined();
  for (const classes of [0, 1])
    expect(conditional.refuses?.({ ...given, classes })?.remedy).toContain('folder for each class');
  expect(conditional.refuses?.({ ...given, image: { size: 1, channels: 2 } })?.message).toContain(
    'points of the plane',
  );
});
