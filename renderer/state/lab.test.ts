/**
 * The lab has one request at a time, goes on when settings are refused, and counts its steps on when the
 * optimiser begins anew.
 */
import { expect, test } from 'vitest';
import { LAB_CONFIG, StudioError } from '#main/contract/index.ts';
import { settled } from './test-api.ts';
import { frames, names, opened } from './test-lab.ts';
import { ENCODING, PAIR } from './test-phases.ts';

test('it opens with the lab’s own settings, and shows the first frame without a step', async () => {
  const { asked, inputsOf, lab } = await opened();
  expect(names(asked)).toEqual(['lab.open', '0 due']);
  expect(inputsOf('lab.open')[0]!.config).toEqual(LAB_CONFIG);
  expect(lab.waiting).toBe(true);
  await frames(lab, 1);
  expect(lab.waiting).toBe(false);
});

test('while it plays, the next frame is requested once the one before has come, never earlier', async () => {
  const { asked, lab, is, release } = await opened();
  lab.toggle();
  is.held = true;
  await frames(lab, 5);
  expect(names(asked.slice(2))).toEqual(['4 due']);
  release();
  await settled();
  await frames(lab, 1, 200);
  expect(names(asked.slice(2))).toEqual(['4 due', '4 due']);
  is.held = false;
  release();
  await settled();
  expect(asked).toHaveLength(5);
  lab.setSpeed('many');
  await frames(lab, 2, 1000);
  expect(names(asked.slice(5))).toEqual(['16 due', '16 due']);
  lab.toggle();
  expect(lab.readout.step).toBe(44);
  await frames(lab, 3, 2000);
  expect(asked).toHaveLength(7);
});

test('frames and steps a second are those of the last two seconds', async () => {
  const { lab } = await opened();
  lab.setSpeed('one');
  lab.toggle();
  await frames(lab, 200);
  expect(lab.readout.frames).toBeCloseTo(50, 0);
  expect(lab.readout.steps).toBeCloseTo(50, 0);
});

test('in slow motion one turn is taken each second, D and G one after the other as the settings have it', async () => {
  const { asked, lab } = await opened();
  lab.settings.draft.turns = { kind: 'several', discriminator: 2 };
  lab.setSpeed('slow');
  lab.toggle();
  await frames(lab, 250, 10_000);
  expect(names(asked.slice(2))).toEqual([
    '1 discriminator',
    '1 discriminator',
    '1 generator',
    '1 discriminator',
    '1 discriminator',
  ]);
  expect(lab.turn?.name).toBe('discriminator');
  lab.setSpeed('one');
  expect(lab.turn).toBeUndefined();
});

test('a single turn pauses the lab, is taken once, and says whose it was', async () => {
  const { asked, lab } = await opened();
  lab.toggle();
  lab.step('generator');
  lab.step();
  expect(lab.playing).toBe(false);
  await frames(lab, 1);
  expect(lab.turn?.name).toBe('generator');
  await frames(lab, 4);
  expect(names(asked.slice(2))).toEqual(['1 generator', '1 due']);
  expect(lab.turn).toBeUndefined();
  expect(lab.curves.losses.column('generator').at(-1)).toBe(2);
});

test('changed settings are sent once they have settled, between two frames', async () => {
  const { asked, inputsOf, lab } = await opened();
  lab.follow(0);
  await frames(lab, 20);
  expect(asked).toHaveLength(2);
  for (const [at, rate] of [
    [1000, 0.1],
    [1100, 0.2],
    [1200, 0.3],
  ] as const) {
    lab.settings.draft.optimizer.learningRate.generator = rate;
    lab.follow(at);
    await frames(lab, 1, at);
  }
  expect(lab.waiting).toBe(true);
  lab.settings.draft.batch = NaN;
  lab.follow(1250);
  await frames(lab, 1, 1560);
  expect(asked).toHaveLength(2);
  lab.settings.draft.batch = 128;
  lab.follow(1600);
  await frames(lab, 3, 1860);
  expect(names(asked.slice(2))).toEqual(['lab.configure', '0 due']);
  expect(inputsOf('lab.configure')[0]!.config.optimizer.learningRate.generator).toBe(0.3);
});

test('refused settings say why, and it plays on; settings with an impossible number are not even sent', async () => {
  const { asked, lab, is } = await opened();
  lab.toggle();
  lab.settings.addStabiliser('packing');
  lab.follow(0);
  is.failing = new StudioError({
    code: 'senseless',
    message: 'It cannot be packed.',
    remedy: 'Another batch.',
  });
  lab.tick(300);
  await settled();
  is.failing = undefined;
  expect(lab.refusal?.message).toBe('It cannot be packed.');
  await frames(lab, 2, 400);
  expect([lab.playing, lab.failure]).toEqual([true, undefined]);
  expect(names(asked.slice(2))).toEqual(['lab.configure', '4 due', '4 due']);
  lab.settings.removeStabiliser('packing');
  lab.settings.draft.batch = NaN;
  lab.follow(500);
  await frames(lab, 1, 1000);
  expect(names(asked.slice(5))).toEqual(['4 due']);
  lab.settings.draft.batch = 64;
  lab.follow(1100);
  await frames(lab, 1, 1400);
  expect(lab.refusal).toBeUndefined();
});

test('steps are counted on when the optimiser begins again, and from 0 after a restart', async () => {
  const { lab, is } = await opened();
  for (let step = 0; step < 3; step++) lab.step();
  await frames(lab, 4);
  is.anew = 'optimizer';
  lab.settings.chooseOptimizer('sgd');
  lab.follow(0);
  lab.tick(300);
  await settled();
  is.anew = 'nothing';
  lab.step();
  await frames(lab, 3, 400);
  expect(lab.readout.step).toBe(4);
  expect(Array.from(lab.curves.losses.steps)).toEqual([1, 2, 3, 4]);
  lab.restart();
  await frames(lab, 3, 500);
  expect([lab.readout.step, lab.curves.losses.length]).toEqual([0, 0]);
});

test('a step that is NaN or infinite pauses it with the reason; a lab that is gone can be restarted', async () => {
  const { lab, is } = await opened();
  lab.toggle();
  is.failing = new StudioError({
    code: 'not-finite',
    message: 'Step 1 was refused.',
    remedy: 'Lower the learning rates.',
  });
  await frames(lab, 1);
  expect([lab.playing, lab.failure?.remedy, lab.facts !== undefined]).toEqual([
    false,
    'Lower the learning rates.',
    true,
  ]);
  is.failing = new StudioError({ code: 'host-crashed', message: 'It ended by itself.', remedy: '' });
  lab.step();
  await frames(lab, 3);
  expect([lab.facts, lab.failure?.remedy]).toEqual([
    undefined,
    'Reset the lab: it starts again with these settings.',
  ]);
  is.failing = undefined;
  lab.restart();
  await frames(lab, 2);
  expect([lab.failure, lab.facts?.extent]).toEqual([undefined, 1.4]);
});

test('changed settings are marked on the curves once they play, and a restart clears the marks', async () => {
  const { lab } = await opened();
  const change = async (batch: number, at: number) => {
    lab.settings.draft.batch = batch;
    lab.follow(at);
    await frames(lab, 3, at + 300);
  };
  await change(128, 0);
  expect(lab.curves.changes).toEqual([]);
  lab.step();
  await frames(lab, 3, 500);
  await change(64, 1000);
  await change(64, 2000);
  expect(lab.curves.changes).toEqual([{ x: 1, text: 'Batch: 64' }]);
  lab.restart();
  await frames(lab, 3, 3000);
  expect(lab.curves.changes).toEqual([]);
});

test('leaving pauses it; a lab without a step is closed, and opened again when its view is shown', async () => {
  const { asked, lab } = await opened();
  lab.leave();
  expect(names(asked).at(-1)).toBe('lab.close');
  await frames(lab, 2);
  expect(names(asked).at(-2)).toBe('lab.open');
  lab.toggle();
  await frames(lab, 1);
  lab.leave();
  expect(lab.playing).toBe(false);
  expect(names(asked).at(-1)).toBe('4 due');
});

test('one’s own points are trained on as soon as nothing is wrong with them', async () => {
  const { lab } = await opened();
  lab.points.choose('own');
  expect(lab.points.chosen).toMatchObject({
    layout: 'own',
    centres: [
      [-1, 0],
      [1, 0],
      [0, 1],
    ],
  });
  lab.points.own.add([2, 2]);
  lab.points.takeOwn();
  expect(lab.points.chosen).toMatchObject({
    centres: [
      [-1, 0],
      [1, 0],
      [0, 1],
      [2, 2],
    ],
  });
  lab.points.own.text = 'nowhere';
  lab.points.takeOwn();
  expect(lab.points.chosen).toMatchObject({
    centres: [
      [-1, 0],
      [1, 0],
      [0, 1],
      [2, 2],
    ],
  });
  lab.points.choose('ring');
  lab.points.setDeviation(0.1);
  expect(lab.points.chosen).toMatchObject({ layout: 'ring', deviation: 0.1 });
  expect(LAB_CONFIG.dataset.source).toMatchObject({ points: { deviation: 0.04 } });
});

test('phases are those of the GAN that plays, which a refused GAN does not change', async () => {
  const { lab, is } = await opened();
  const other = { ...lab.settings.catalogue!.gans[0]!, kind: 'other', phases: [...ENCODING], recommends: {} };
  lab.settings.catalogue = { ...lab.settings.catalogue!, gans: [...lab.settings.catalogue!.gans, other] };
  lab.gans.choose('other');
  lab.follow(0);
  is.failing = new StudioError({ code: 'senseless', message: 'It makes images.', remedy: '' });
  lab.tick(300);
  await settled();
  is.failing = undefined;
  expect([lab.refusal?.message, lab.phases]).toEqual(['It makes images.', PAIR]);
  lab.settings.draft.batch = 64;
  lab.follow(400);
  await frames(lab, 2, 700);
  expect([lab.refusal, lab.phases]).toEqual([undefined, ENCODING]);
});
