/** The walk never asks faster than it is answered, and always ends where the slider ends. */
import { expect, test } from 'vitest';
import type { Api, ImageBatch, Interpolation } from '#main/contract/index.ts';
import { Latent, STRIP } from './latent.svelte.ts';

/** An api whose answers wait to be let go; each image's one pixel is its position in percent. */
function heldApi() {
  const asked: Interpolation[] = [];
  const waiting: (() => void)[] = [];
  const call = (_: string, input: Interpolation): Promise<ImageBatch> =>
    new Promise((resolve) => {
      asked.push(input);
      const pixels = Uint8Array.from(input.positions, (position) => Math.round(position * 100));
      waiting.push(() => resolve({ count: pixels.length, size: 1, channels: 1, pixels }));
    });
  const answer = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { api: { call, subscribe: () => () => undefined } as unknown as Api, asked, answer };
}

test('positions passed over while a request is under way are never asked for', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent(api);
  for (const position of [0.1, 0.2, 0.3, 0.9]) latent.moveTo(position);
  expect(asked).toHaveLength(1);
  await answer();
  expect(asked.map((each) => each.positions)).toEqual([[0.1], [0.9]]);
  await answer();
  expect(latent.image?.pixels[0]).toBe(90);
  expect(asked).toHaveLength(2);
});

test('a new end asks for the image and the whole strip at once', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent(api);
  latent.setSeed('from', 5);
  await answer();
  expect(asked[0]?.from).toBe(5);
  expect(asked[0]?.positions).toEqual([0.5, ...STRIP]);
  expect(latent.strip?.count).toBe(8);
  expect(latent.strip?.pixels[7]).toBe(100);
});

test('another class makes every image anew, and is forgotten with its run', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent(api);
  latent.setClass(3);
  await answer();
  expect(asked[0]).toMatchObject({ class: 3, positions: [0.5, ...STRIP] });
  latent.clear();
  latent.moveTo(0);
  expect(asked[1]).toMatchObject({ class: 0 });
});
