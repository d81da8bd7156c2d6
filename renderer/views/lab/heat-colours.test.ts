/**
 * The colours of D's output differ from every player's, can be told apart without red or green, and are as
 * strong on either side of the middle.
 */
import { expect, test } from 'vitest';
import { parseColour, type Colour } from '../../parts/number-map.ts';
import { heatColour, shareOf } from './heat-colours.ts';

const [css = ''] = Object.values(
  import.meta.glob<string>('../../theme/tokens.css', { query: '?raw', import: 'default', eager: true }),
);
const [lightTokens = '', darkTokens = ''] = css.split(":root[data-theme='dark']");
const tokenIn = (tokens: string, name: string): Colour =>
  parseColour(new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens)?.[1] ?? `no --${name}`);
const scaleIn = (tokens: string) => ({
  fake: tokenIn(tokens, 'heat-fake'),
  middle: tokenIn(tokens, 'surface'),
  real: tokenIn(tokens, 'heat-real'),
});
const light = scaleIn(lightTokens);
const dark = scaleIn(darkTokens);

/** In degrees around the circle of colours. */
function hueOf([red, green, blue]: Colour): number {
  return (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
}

test.each([
  ['light', lightTokens],
  ['dark', darkTokens],
])('%s: both ends lie well away from the colours of players, of the accent and of A and B', (_, tokens) => {
  for (const end of ['heat-fake', 'heat-real'])
    for (const other of ['generator', 'discriminator', 'encoder', 'accent', 'point-a', 'point-b']) {
      const apart = Math.abs(hueOf(tokenIn(tokens, end)) - hueOf(tokenIn(tokens, other))) % 360;
      expect(Math.min(apart, 360 - apart), `${end}, ${other}`).toBeGreaterThan(20);
    }
});

/**
 * The colour as people without red or green cones see it: Viénot, Brettel and Mollon 1999, on linear light.
 */
function seen([red, green, blue]: Colour, kind: 'protan' | 'deutan'): number[] {
  const linear = [red, green, blue].map((value) => (value / 255) ** 2.2);
  const rows = {
    protan: [
      [0.11238, 0.88762, 0],
      [0.11238, 0.88762, 0],
      [0.00401, -0.00401, 1],
    ],
    deutan: [
      [0.29275, 0.70725, 0],
      [0.29275, 0.70725, 0],
      [-0.02234, 0.02234, 1],
    ],
  }[kind];
  return rows.map(
    (row) =>
      255 *
      Math.max(
        0,
        row.reduce((sum, weight, index) => sum + weight * linear[index]!, 0),
      ) **
        (1 / 2.2),
  );
}

test.each([
  ['light', light],
  ['dark', dark],
] as const)(
  '%s: both ends and the middle are far apart, also for those who lack red or green',
  (_, scale) => {
    const colours = [0, 0.5, 1].map((share) => heatColour(share, scale));
    for (const kind of ['protan', 'deutan'] as const) {
      const [fake, middle, real] = colours.map((colour) => seen(colour, kind)) as [
        number[],
        number[],
        number[],
      ];
      for (const [a, b] of [
        [fake, real],
        [fake, middle],
        [real, middle],
      ] as const)
        expect(Math.hypot(...a.map((value, index) => value - b[index]!))).toBeGreaterThan(60);
    }
  },
);

test('a colour is read in its long form and in its short one', () => {
  expect([parseColour('#d9591f'), parseColour('#fff'), parseColour('#0a3')]).toEqual([
    [217, 89, 31],
    [255, 255, 255],
    [0, 170, 51],
  ]);
});

test('the middle is the paper itself, and a share lies between the two ends, whichever is larger', () => {
  expect(heatColour(0.5, light)).toEqual([255, 255, 255]);
  expect([0, 0.25, 1, 7].map((value) => shareOf(value, { real: 1, fake: 0 }))).toEqual([0, 0.25, 1, 1]);
  expect([3, 1, -1].map((value) => shareOf(value, { real: -1, fake: 3 }))).toEqual([0, 0.5, 1]);
  expect(shareOf(2, { real: 2, fake: 2 })).toBe(0.5);
});
