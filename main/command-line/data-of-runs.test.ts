/** The pictures of runs on the command line: found again, and never changed silently. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { Run } from '../runs/index.ts';
import { commandPlace, eventsOf, type CommandPlace } from './test-commands.ts';

vi.mock('./default-decoders.ts', () => ({
  withDecoders: (use: (decoders: typeof testDecoders) => unknown) => use(testDecoders),
}));

/** 40 pictures in the folder `data`. */
function fortyPictures(place: CommandPlace): string {
  for (let index = 0; index < 40; index++) place.picture(`data/${index}.png`, 6 * index);
  return place.at('data');
}

test('a run whose folder was moved asks for it, accepts it by its content, and goes on exactly', async () => {
  const place = commandPlace();
  const data = fortyPictures(place);
  await place.train('whole', '--data', data, '--steps', '4', '--json');
  await place.train('run', '--data', data);
  const moved = place.at('moved');
  fs.renameSync(data, moved);
  const refused = await place.run('resume', '--run', place.at('run'), '--steps', '4');
  expect(refused.messages).toBe(
    `${data} is not there.\nName the folder that holds the pictures now with --data.\n`,
  );
  const resumed = await place.run('resume', '--run', place.at('run'), '--steps', '4', '--data', moved);
  expect(resumed.failed).toBe(false);
  const losses = (run: string) =>
    eventsOf(place.at(run), 'losses').map(({ step, losses: messages }) => [step, messages]);
  expect(losses('run')).toEqual(losses('whole'));
  expect(eventsOf(place.at('run'), 'data-changed')).toEqual([]);
  expect(Run.open(place.at('run')).config.dataset.source).toEqual({ kind: 'files', paths: [moved] });
  expect((await place.run('resume', '--run', place.at('run'), '--steps', '5')).failed).toBe(false);
});

test('a run of 40 pictures, of which 30 were deleted and 5 added, says so, and goes on if asked to', async () => {
  const place = commandPlace();
  const data = fortyPictures(place);
  const run = place.at('run');
  await place.train('run', '--data', data);
  for (let index = 10; index < 40; index++) fs.rmSync(path.join(data, `${index}.png`));
  for (let index = 0; index < 5; index++) place.picture(`data/black ${index}.png`, 0);
  const change = '30 of the 40 pictures are gone, and 5 are new.';
  const words =
    `The pictures are not those that the run data was trained on. ${change}\n` +
    'Bring the pictures back, name the folder that holds them with --data, or add --changed-data go-on.\n';
  expect((await place.run('resume', '--run', run, '--steps', '4')).messages).toBe(words);
  expect((await place.run('measure', '--run', run)).messages).toBe(words);
  const logged = fs.readFileSync(path.join(run, 'events.jsonl'), 'utf8');
  const measured = await place.run('measure', '--json', '--run', run, '--changed-data', 'go-on');
  expect(JSON.parse(measured.printed)).toMatchObject({ step: 2, images: 15 });
  expect(fs.readFileSync(path.join(run, 'events.jsonl'), 'utf8')).toBe(logged);
  const resumed = await place.run('resume', '--run', run, '--steps', '4', '--changed-data', 'go-on');
  expect([resumed.failed, resumed.messages.includes(' 15 pictures.')]).toEqual([false, true]);
  expect(eventsOf(run, 'data-changed')).toMatchObject([{ step: 2, message: change }]);
  expect((await place.run('resume', '--run', run, '--steps', '6')).failed).toBe(false);
  expect(eventsOf(run, 'data-changed')).toHaveLength(1);
});

test('a run within its data folder trains on no sheet of its own, nor does a second run', async () => {
  const place = commandPlace();
  const data = fortyPictures(place);
  const run = path.join(data, 'run');
  const first = await place.train('data/run', '--data', data);
  expect(first.messages).not.toContain('Left out');
  expect(fs.readdirSync(path.join(run, 'samples')).filter((name) => name.endsWith('.png'))).not.toEqual([]);
  const resumed = await place.run('resume', '--run', run, '--steps', '4');
  expect(resumed.failed).toBe(false);
  expect(resumed.messages).toContain('40 pictures.');
  expect(resumed.messages).toContain('run: run (A run of GAN Studio: its sheets and files are not data.)');
  const measured = await place.run('measure', '--json', '--run', run);
  expect(JSON.parse(measured.printed)).toMatchObject({ step: 4, images: 40 });
  const second = await place.train('data/second', '--data', data);
  expect(second.messages).toContain('40 pictures.');
  expect(Run.open(place.at('data/second')).pictures()).toEqual(Run.open(run).pictures());
  const onRun = await place.train('third', '--data', path.join(run, 'samples'));
  expect(onRun.messages).toContain(
    `${path.join(run, 'samples')} lies in the run ${run}: its sheets and files are not data.`,
  );
});

test('a run of points is not resumed with pictures, and stays unchanged', async () => {
  const place = commandPlace();
  const data = fortyPictures(place);
  const run = place.at('points');
  await place.train('points', '--data', 'points:ring', '--gan', 'mlp', '--batch', '8');
  const before = fs.readFileSync(path.join(run, 'config.json'), 'utf8');
  for (const command of [['resume', '--steps', '3'], ['measure']]) {
    const { messages } = await place.run(...command, '--run', run, '--data', data, '--changed-data', 'go-on');
    expect(messages).toContain(
      'was trained on points of the plane; it cannot go on with pictures of your own.',
    );
  }
  expect(fs.readFileSync(path.join(run, 'config.json'), 'utf8')).toBe(before);
  expect((await place.run('resume', '--run', run, '--steps', '3')).failed).toBe(false);
});
