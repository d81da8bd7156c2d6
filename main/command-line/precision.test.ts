/**
 * A run keeps its precision; if bfloat16 is not faster on this machine, resuming asks, and logs the change.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { Run } from '../runs/index.ts';
import { defaultFolders } from './default-folders.ts';
import { commandPlace, eventsOf } from './test-commands.ts';

vi.mock('./default-decoders.ts', () => ({
  withDecoders: (use: (decoders: typeof testDecoders) => unknown) => use(testDecoders),
}));

/** Changes every stored measurement to these milliseconds. */
function remember(times: { float32: number; bfloat16: number | null }): void {
  const file = path.join(defaultFolders().cache, 'precisions.json');
  const known = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>);
  fs.writeFileSync(file, JSON.stringify(Object.fromEntries(known.map((key) => [key, times]))));
}

test('a run in bfloat16 goes on bit for bit, or in float32 by choice, which is logged', async () => {
  const place = commandPlace();
  for (let shade = 0; shade < 8; shade++) place.picture(`pictures/${shade}.png`, 30 * shade);
  const pictures = ['--data', place.at('pictures'), '--precision', 'bfloat16'];
  const losses = (run: string) =>
    eventsOf(place.at(run), 'losses').map(({ step, losses: each }) => [step, each]);
  await place.train('whole', ...pictures, '--steps', '7');
  await place.train('run', ...pictures, '--steps', '3');
  const run = place.at('run');
  const resume = (...words: string[]) => place.run('resume', '--run', run, ...words);

  // Measures. Only if this machine is faster in bfloat16, the run also goes on to step 4.
  await resume('--steps', '4');
  remember({ float32: 20, bfloat16: 10 });
  expect(await resume('--steps', '5')).toMatchObject({ failed: false });
  remember({ float32: 10, bfloat16: 20 });
  const slow = await resume('--steps', '6');
  expect(slow.failed).toBe(true);
  expect(slow.messages).toContain('a step takes 20 ms against 10 ms');
  expect(slow.messages).toContain('Add --precision float32 to go on in float32');
  expect(await resume('--steps', '6', '--precision', 'bfloat16')).toMatchObject({ failed: false });
  expect(losses('run')).toEqual(losses('whole').slice(0, 6));

  remember({ float32: 10, bfloat16: null });
  const none = await resume('--steps', '7');
  expect(none.messages).toContain('This machine cannot compute in bfloat16.');
  const { messages } = await resume('--steps', '7', '--precision', 'float32');
  expect(messages).toContain('Step 6: Goes on in float32.');
  expect(eventsOf(run, 'precision')).toMatchObject([{ step: 6, precision: 'float32' }]);
  expect(Run.open(run).config.precision).toBe('float32');
  expect(Run.open(run).newestCheckpoint().checkpoint.precision).toBeUndefined();
  expect(losses('run').at(-1)).not.toEqual(losses('whole').at(-1));
  // From now on it is a run in float32.
  expect(await resume('--steps', '8')).toMatchObject({ failed: false });
});
