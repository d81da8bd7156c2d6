/** A preview follows what is asked for last, and never shows the pictures of another run. */
import { expect, test } from 'vitest';
import type { Api, ImageBatch, PreviewRequest } from '#main/contract/index.ts';
import { SheetPreview } from './sheet-preview.svelte.ts';

function heldApi() {
  const asked: PreviewRequest[] = [];
  const waiting: { resolve: (images: ImageBatch) => void; reject: (error: Error) => void }[] = [];
  const call = (_: string, input: PreviewRequest): Promise<ImageBatch> =>
    new Promise((resolve, reject) => {
      asked.push(input);
      waiting.push({ resolve, reject });
    });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async (): Promise<void> => {
    const count = asked.at(-1)?.count ?? 0;
    waiting.shift()?.resolve({ count, size: 1, channels: 1, pixels: new Uint8Array(count) });
    await settle();
  };
  const refuse = async (): Promise<void> => {
    waiting.shift()?.reject(new Error('No.'));
    await settle();
  };
  return { api: { call, subscribe: () => () => undefined } as unknown as Api, asked, answer, refuse };
}

test('what was asked for while another preview was made is passed over, but for the last', async () => {
  const { api, asked, answer } = heldApi();
  const preview = new SheetPreview(api);
  for (const count of [4, 5, 6]) preview.ask({ seed: 1, count });
  expect(asked).toHaveLength(1);
  await answer();
  await answer();
  expect(asked.map(({ count }) => count)).toEqual([4, 6]);
  expect(preview.images?.count).toBe(6);
});

test('the pictures of a run that is no longer open come too late', async () => {
  const { api, answer } = heldApi();
  const preview = new SheetPreview(api);
  preview.ask({ seed: 1, count: 4 });
  preview.clear();
  await answer();
  expect(preview.images).toBeUndefined();
});

test('why there is no preview is told, until there is one', async () => {
  const { api, answer, refuse } = heldApi();
  const preview = new SheetPreview(api);
  preview.ask({ seed: 1, count: 4 });
  await refuse();
  expect(preview.failure).toBeDefined();
  preview.ask({ seed: 2, count: 4 });
  await answer();
  expect([preview.failure, preview.images?.count]).toEqual([undefined, 4]);
});
