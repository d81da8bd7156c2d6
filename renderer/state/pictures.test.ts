/** Pictures can be browsed and left out without waiting; the app receives one change at a time. */
import { expect, test, vi } from 'vitest';
import {
  DEFAULT_DATASET_OPTIONS,
  StudioError,
  type CommandInput,
  type DatasetSummary,
} from '#main/contract/index.ts';
import { Pictures } from './pictures.svelte.ts';
import { fakeApi, settled } from './test-api.ts';
import { hashAt, summaryOf, thumbnails } from './test-dataset.ts';

const opening = {
  source: { kind: 'files' as const, paths: ['/a'] },
  options: DEFAULT_DATASET_OPTIONS,
  leftOut: [],
};
const summary: DatasetSummary = { ...summaryOf(opening), count: 130, usable: 130 };
const PIXEL = { width: 1, height: 1, channels: 1 as const, pixels: new Uint8Array(1) };

async function picturesOf(
  shown: DatasetSummary,
  leaveOut: (input: CommandInput<'dataset.leaveOut'>) => Promise<DatasetSummary> = async ({ leftOut }) => ({
    ...shown,
    count: shown.usable - leftOut.length,
  }),
) {
  const { api, inputsOf } = fakeApi({
    'dataset.thumbnails': async (input) =>
      thumbnails(input, (index) => shown.classes[index % shown.classes.length]?.name),
    'dataset.leaveOut': leaveOut,
    'dataset.picture': async () => ({ before: PIXEL, after: { ...PIXEL, count: 1, size: 1 } }),
  });
  const changed = vi.fn();
  const pictures = new Pictures(api, changed);
  pictures.begin(shown, await pictures.first(shown));
  return { pictures, changed, inputsOf };
}

test('pictures come a page at a time', async () => {
  const { pictures } = await picturesOf(summary);
  expect(pictures.listed).toHaveLength(120);
  await pictures.showMore();
  expect(pictures.listed).toHaveLength(130);
  expect(pictures.hasMore).toBe(false);
  expect(pictures.listed[125]).toMatchObject({ name: '125.png', at: 5 });
});

test('a few classes are shown in rows, and many or none in one flow', async () => {
  const classes = ['cats', 'dogs'].map((name) => ({ name, count: 65 }));
  const { pictures } = await picturesOf({ ...summary, classes });
  expect(pictures.rows?.map(({ name, pictures: some }) => [name, some.length])).toEqual([
    ['cats', 60],
    ['dogs', 60],
  ]);
  expect(pictures.listed[1]?.class).toBe('cats');
  pictures.wantsRows = false;
  expect(pictures.listed[1]?.class).toBe('dogs');
  const many = Array.from({ length: 21 }, (_, i) => ({ name: String(i), count: 6 }));
  expect((await picturesOf({ ...summary, classes: many })).pictures.rows).toBeUndefined();
  expect((await picturesOf(summary)).pictures.rows).toBeUndefined();
});

test('a picture is left out at once, and the app receives only the newest state', async () => {
  const answers: (() => void)[] = [];
  const sent: string[][] = [];
  const { pictures, changed } = await picturesOf(summary, ({ leftOut }) => {
    sent.push(leftOut);
    return new Promise((resolve) => answers.push(() => resolve({ ...summary, count: 130 - leftOut.length })));
  });
  pictures.toggle({ file: hashAt(1) });
  expect(pictures.leftOut.has(hashAt(1))).toBe(true);
  pictures.toggle({ file: hashAt(2) });
  pictures.toggle({ file: hashAt(1) });
  expect([...pictures.leftOut]).toEqual([hashAt(2)]);
  answers[0]?.();
  await settled();
  answers[1]?.();
  await pictures.settled();
  expect(sent).toEqual([[hashAt(1)], [hashAt(2)]]);
  expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ count: 129 }));
  expect(pictures.listed).toHaveLength(120);
});

test('a change that the app refuses is undone, with the reason', async () => {
  const { pictures } = await picturesOf(summary, () =>
    Promise.reject(new StudioError({ code: 'gone', message: 'It is gone.', remedy: '' })),
  );
  pictures.toggle({ file: hashAt(1) });
  await pictures.settled();
  expect(pictures.leftOut.size).toBe(0);
  expect(pictures.failure?.message).toBe('It is gone.');
});

test('the close-up goes from picture to picture, and reads another page at the end of one', async () => {
  const { pictures, inputsOf } = await picturesOf(summary);
  pictures.look(0);
  await settled();
  expect(pictures.closeUp?.file).toBe(hashAt(0));
  expect(pictures.canTurn(-1)).toBe(false);
  pictures.look(119);
  expect(pictures.canTurn(1)).toBe(true);
  await pictures.turn(1);
  expect(pictures.looked?.name).toBe('120.png');
  expect(inputsOf('dataset.picture').at(-1)).toEqual({ id: '1', file: hashAt(120) });
  pictures.close();
  expect(pictures.looked).toBeUndefined();
});

test('a late page of pictures in their old order is not shown among those in a new order', async () => {
  const { pictures } = await picturesOf(summary);
  const again = { ...summary };
  const first = await pictures.first(again);
  const late = pictures.showMore();
  pictures.begin(again, first);
  await late;
  expect(pictures.pages).toHaveLength(1);
});
