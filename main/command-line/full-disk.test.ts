import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { realDisk, listRun } from '../runs/index.ts';
import { commandPlace, eventsOf } from './test-commands.ts';

vi.mock('./default-decoders.ts', () => ({
  withDecoders: (use: (decoders: typeof testDecoders) => unknown) => use(testDecoders),
}));

test('a run on the command line that cannot save its last state fails, and says once how to go on', async () => {
  const { at, picture, train, run } = commandPlace();
  for (const shade of [40, 90, 140]) picture(`pictures/${shade}.png`, shade);
  const write = realDisk.write.bind(realDisk);
  let isFull = false;
  const spy = vi.spyOn(realDisk, 'write').mockImplementation((descriptor, bytes) => {
    isFull ||= Buffer.from(bytes).includes('"type":"losses"');
    if (!isFull) return write(descriptor, bytes);
    throw Object.assign(new Error('ENOSPC: the test refuses'), { code: 'ENOSPC' });
  });
  const { messages, failed } = await train('run', '--data', at('pictures'));
  expect(failed).toBe(true);
  expect(messages.match(/could not be saved/g)).toHaveLength(1);
  expect(messages).toContain(
    'The last state of the run could not be saved: the disk is full. Steps 1 to 2 are lost; there is no checkpoint.\nFree some space on this disk, then resume the run.\n',
  );
  expect(messages).not.toContain('save again');
  spy.mockRestore();
  expect((await run('resume', '--run', at('run'))).failed).toBe(false);
  expect(listRun(at('run'))).toMatchObject({ status: 'finished', checkpoint: 2 });
});

test('with space again while it trains, the run says so', async () => {
  const { at, picture, train } = commandPlace();
  for (const shade of [40, 90, 140]) picture(`pictures/${shade}.png`, shade);
  const write = realDisk.write.bind(realDisk);
  let refusals = 0;
  const spy = vi.spyOn(realDisk, 'write').mockImplementation((descriptor, bytes) => {
    if (refusals > 0 || !Buffer.from(bytes).includes('"status":"training"')) return write(descriptor, bytes);
    refusals += 1;
    throw Object.assign(new Error('ENOSPC: the test refuses'), { code: 'ENOSPC' });
  });
  const { messages, failed } = await train('run', '--data', at('pictures'));
  spy.mockRestore();
  expect(failed).toBe(false);
  expect(messages).toMatch(/Step 0: .*was not written: the disk is full\. Training goes on/);
  expect(messages).toContain('Step 0: The run can be written to the disk again.');
  expect(eventsOf(at('run'), 'trouble-over')).toHaveLength(1);
});

test('runs in the folder of the app’s runs get unique names; those elsewhere keep theirs', async () => {
  const { at, picture, train } = commandPlace();
  for (const shade of [40, 90, 140]) picture(`pictures/${shade}.png`, shade);
  const names = [];
  for (const out of ['home/runs/one', 'home/runs/two', 'elsewhere']) {
    await train(out, '--data', at('pictures'));
    names.push(listRun(path.resolve(at(out))).config.name);
  }
  expect(names).toEqual(['pictures', 'pictures 2', 'pictures']);
  expect(fs.existsSync(at('home/runs/two'))).toBe(true);
});
