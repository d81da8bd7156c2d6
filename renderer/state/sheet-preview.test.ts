/** A preview shows what was requested last, and never the pictures of another run. */
import { expect, test } from 'vitest';
import { SheetPreview } from './sheet-preview.svelte.ts';
import { fakeApi, held, settled } from './test-api.ts';
import { pixels } from './test-run.ts';

/** An app whose previews wait until the test answers or refuses the oldest one. */
function heldApi() {
  const { requests, hold } = held<'export.preview'>();
  const { api, inputsOf } = fakeApi({ 'export.preview': hold });
  const answer = async (): Promise<void> => {
    const request = requests.shift();
    request?.answer(pixels(request.input.count));
    await settled();
  };
  const refuse = async (): Promise<void> => {
    requests.shift()?.refuse(new Error('No.'));
    await settled();
  };
  return { api, asked: () => inputsOf('export.preview').map(({ count }) => count), answer, refuse };
}

test('of the previews that are requested while one is being made, only the last is made', async () => {
  const { api, asked, answer } = heldApi();
  const preview = new SheetPreview(api);
  for (const count of [4, 5, 6]) preview.ask({ seed: 1, count });
  expect(asked()).toHaveLength(1);
  await answer();
  await answer();
  expect(asked()).toEqual([4, 6]);
  expect(preview.images?.count).toBe(6);
});

test('pictures of a run that is no longer open are dropped', async () => {
  const { api, answer } = heldApi();
  const preview = new SheetPreview(api);
  preview.ask({ seed: 1, count: 4 });
  preview.clear();
  await answer();
  expect(preview.images).toBeUndefined();
});

test('the reason why there is no preview is shown until there is one', async () => {
  const { api, answer, refuse } = heldApi();
  const preview = new SheetPreview(api);
  preview.ask({ seed: 1, count: 4 });
  await refuse();
  expect(preview.failure).toBeDefined();
  preview.ask({ seed: 2, count: 4 });
  await answer();
  expect([preview.failure, preview.images?.count]).toEqual([undefined, 4]);
});
