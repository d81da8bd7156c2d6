import { expect, test } from 'vitest';
import type { Pass, Role, TracedLayer, Trace } from '#main/contract/index.ts';
import { pseudocodeOf } from './pseudocode.ts';
import { fakeOf, isImage, normOf, passesOf, routeOf, withNumbers, wordsOf } from './route.ts';

const numbers = (shape: number[]) => ({
  shape,
  channels: shape.at(-1)!,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
});
const layer = (
  name: string,
  shape: number[],
  { gradient, kind = 'dense' }: { gradient: boolean; kind?: string },
): TracedLayer => ({
  name,
  kind,
  about: `What ${name} does.`,
  formula: '',
  value: numbers(shape),
  ...(gradient ? { gradient: numbers(shape) } : {}),
  weights: [],
});

const generator = (reached: boolean): Pass => ({
  network: 'generator',
  role: 'generator',
  on: 'z',
  moves: reached,
  outputs: { image: 'image' },
  layers: [
    layer('z', [4], { gradient: reached, kind: 'input' }),
    { ...layer('image', [2, 2, 1], { gradient: reached, kind: 'activation' }), function: 'tanh' },
  ],
});
const discriminator = (on: 'real' | 'fake', reached: boolean, moves: boolean): Pass => ({
  network: 'discriminator',
  role: 'discriminator',
  on,
  moves,
  outputs: { logit: 'verdict' },
  layers: [
    layer('image', [2, 2, 1], { gradient: reached, kind: 'input' }),
    layer('verdict', [1], { gradient: reached }),
  ],
});
const trace = (roles: Role[], passes: Pass[]): Trace => ({
  step: 7,
  phase: roles.join(),
  roles,
  phases: [],
  batch: 16,
  image: 0,
  loss: 1,
  gradientNorm: 1,
  logitGradients: [],
  means: 'logit',
  reading: { of: 'probability' },
  passes,
});
const turnOfG = trace(
  ['generator'],
  [generator(true), discriminator('fake', true, false), discriminator('real', false, false)],
);
const turnOfD = trace(
  ['discriminator'],
  [discriminator('real', true, true), generator(false), discriminator('fake', true, true)],
);
const encoder = (reached: boolean): Pass => ({
  network: 'encoder',
  role: 'encoder',
  on: 'real',
  moves: reached,
  outputs: { z: 'mean' },
  layers: [
    layer('image', [2, 2, 1], { gradient: reached, kind: 'input' }),
    layer('mean', [4], { gradient: reached }),
  ],
});
const judgeOfPairs = (on: 'real' | 'fake', moves: boolean): Pass => {
  const pass = discriminator(on, true, moves);
  return { ...pass, layers: [layer('z', [4], { gradient: true, kind: 'input' }), ...pass.layers] };
};
const turnOfGAndE = trace(
  ['generator', 'encoder'],
  [generator(true), encoder(true), judgeOfPairs('fake', false), judgeOfPairs('real', false)],
);
const turnOfDOnPairs = trace(
  ['discriminator'],
  [generator(false), encoder(false), judgeOfPairs('fake', true), judgeOfPairs('real', true)],
);
const autoencoder = (): Pass => ({
  ...discriminator('fake', true, true),
  outputs: { logit: 'energy' },
  layers: [
    layer('image', [2, 2, 1], { gradient: true, kind: 'input' }),
    layer('code', [4], { gradient: true }),
    layer('rebuilt', [2, 2, 1], { gradient: true, kind: 'activation' }),
    layer('energy', [1], { gradient: true, kind: 'reconstruction-error' }),
  ],
});
const titles = (given: Trace) =>
  routeOf(given).stops.map(
    ({ way, where, title }) => `${way === 'forward' ? '>' : '<'} ${where ? `${where.pass.on} ` : ''}${title}`,
  );

test('G’s turn goes from z through D to the loss, and all the way back', () => {
  expect(titles(turnOfG)).toEqual([
    '> z z',
    '> z Picture · tanh',
    '> fake Fake, as D sees it',
    '> fake Output · fully connected',
    '> Loss',
    '< Gradient at D’s logit',
    '< fake Output · fully connected',
    '< fake Fake, as D sees it',
    '< z Picture · tanh',
    '< z z',
    '< G is updated',
  ]);
});

test('in D’s turn the way back ends at D, since the fakes are data', () => {
  expect(titles(turnOfD).filter((title) => title.startsWith('<'))).toEqual([
    '< Gradient at D’s logit',
    '< fake Output · fully connected',
    '< fake Fake, as D sees it',
    '< real Output · fully connected',
    '< real Real picture, as D sees it',
    '< D is updated',
  ]);
  expect(wordsOf(turnOfD, routeOf(turnOfD).stops.at(-1)!)).toContain('no gradient reaches G');
});

test('every stop has its line of pseudocode and its words', () => {
  for (const given of [turnOfG, turnOfD, turnOfGAndE, turnOfDOnPairs]) {
    const lines = pseudocodeOf(given).map(({ line }) => line);
    for (const stop of routeOf(given).stops) {
      expect(lines).toContain(stop.line);
      expect(wordsOf(given, stop)).toMatch(/\.$/);
    }
  }
});

test('if G and E move together, the route leads through E forward and back, and D judges pairs', () => {
  expect(titles(turnOfGAndE)).toEqual([
    '> z z',
    '> z Picture · tanh',
    '> real Real picture, as E sees it',
    '> real Mean · fully connected',
    '> real z',
    '> real Real picture, as D sees it',
    '> real Output · fully connected',
    '> fake z',
    '> fake Fake, as D sees it',
    '> fake Output · fully connected',
    '> Loss',
    '< Gradient at D’s logit',
    '< fake Output · fully connected',
    '< fake Fake, as D sees it',
    '< fake z',
    '< real Output · fully connected',
    '< real Real picture, as D sees it',
    '< real z',
    '< real Mean · fully connected',
    '< real Real picture, as E sees it',
    '< z Picture · tanh',
    '< z z',
    '< G and E are updated',
  ]);
  const { stops } = routeOf(turnOfGAndE);
  const words = stops.map((stop) => wordsOf(turnOfGAndE, stop));
  expect(words[3]).toContain('the picture’s point in the latent space');
  expect(words[4]).toContain('D judges the two as a pair');
  expect(words[7]).toContain('The z from which G made the fake');
  expect(words.at(-6)).toContain('From here it goes on into E');
  expect(words[stops.findIndex(({ id }) => id === 'loss')]).toContain('E adds the same with real and fake');
  expect(words.at(-1)).toContain('moves the weights of G and E against it');
  expect(fakeOf(turnOfGAndE)?.pass.role).toBe('generator');
});

test('an autoencoder’s rebuilding is an image, and its energy is low for real pictures', () => {
  const pass = autoencoder();
  const given = trace(['discriminator'], [generator(false), pass]);
  expect(pass.layers.map((each) => isImage(given, pass, each))).toEqual([true, false, true, false]);
  const words = routeOf(given)
    .stops.filter(({ where, way }) => where?.pass === pass && way === 'forward')
    .map((stop) => wordsOf(given, stop));
  expect(words[2]).toContain('the picture as D rebuilds it');
  expect(words[3]).toContain('its energy is the difference between the picture and its rebuilding');
});

test('at the loss, the text names the logits that enter it, and no others', () => {
  const slopeOn = (on: 'real' | 'fake') => ({
    network: 'discriminator',
    on,
    logit: 0,
    count: 16,
    gradient: 0,
    letters: {},
  });
  const lossWords = (given: Trace, ...kinds: ('real' | 'fake')[]) =>
    wordsOf(
      { ...given, logitGradients: kinds.map(slopeOn) },
      routeOf(given).stops.find(({ id }) => id === 'loss')!,
    );
  expect(lossWords(turnOfD, 'real', 'fake')).toMatch(
    /^The loss is a mean over all of D’s logits in the batch, 16 of each kind\./,
  );
  expect(lossWords(turnOfG, 'real', 'fake')).toMatch(
    /^The loss is a mean over all of D’s logits in the batch, 16 of each kind\./,
  );
  expect(lossWords(turnOfG, 'fake')).toMatch(
    /^The loss is a mean over D’s 16 logits for fakes; those for real pictures do not enter it\./,
  );
  expect(lossWords(turnOfG)).toMatch(/^D’s logit does not enter this loss/);
});

test.each([
  ['logit', { of: 'probability' }, /a logit of the probability of being real: the larger, the more real\.$/],
  [
    'score',
    { of: 'number', real: 1, fake: 0 },
    /the larger, the more real; D is trained towards 1 for real .* 0 for fakes\.$/,
  ],
  [
    'score',
    { of: 'number', real: -1, fake: 1 },
    /the smaller, the more real; D is trained towards −1 for real .* 1 for fakes/,
  ],
  [
    'score',
    { of: 'number', real: 1, fake: 1 },
    /D is trained towards 1 for both kinds, so it says nothing\.$/,
  ],
  [
    'energy',
    { of: 'number', real: 0, fake: 0.5 },
    /an energy: the smaller, the more real; D is trained towards 0 for real .* 0.5000 for fakes/,
  ],
  [
    'score',
    { of: 'comparison' },
    /the larger, the more real; only its difference from other scores counts\.$/,
  ],
] as const)('a logit is told by what the loss teaches D: %s, %o', (means, reading, words) => {
  const given: Trace = { ...turnOfG, means, reading };
  const stop = routeOf(given).stops.find(
    ({ way, title }) => way === 'forward' && title.startsWith('Output'),
  )!;
  expect(wordsOf(given, stop)).toMatch(words);
});

test('the pass on real images is left out if G’s loss does not depend on it', () => {
  expect(passesOf(turnOfG).map(({ on }) => on)).toEqual(['z', 'fake']);
});

test('images are told apart from feature maps, and the fake is found', () => {
  const [pass] = turnOfG.passes as [Pass];
  expect(pass.layers.map((each) => isImage(turnOfG, pass, each))).toEqual([false, true]);
  expect(fakeOf(turnOfG)?.layer.name).toBe('image');
  expect(normOf(numbers([4]))).toBe(1);
});

test('numbers replace the letters of a formula, and words stay as they are', () => {
  const gradient = {
    network: 'discriminator',
    on: 'fake' as const,
    logit: -0.83421,
    count: 64,
    gradient: 0,
    letters: {},
  };
  expect(withNumbers({ ...gradient, formula: '−(1 − σ(v)) / n' })).toBe('−(1 − σ(−0.8342)) / 64');
  expect(withNumbers({ ...gradient, formula: '(v − c) / n', letters: { c: 1 } })).toBe('(−0.8342 − 1) / 64');
  expect(withNumbers({ ...gradient, formula: '1 / n where v > −1, else 0' })).toBe(
    '1 / 64 where −0.8342 > −1, else 0',
  );
});
