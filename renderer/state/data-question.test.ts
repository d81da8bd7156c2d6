/** The person decides what happens to a run whose pictures have changed or moved. */
import { expect, test, vi } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type CommandInput } from '#main/contract/index.ts';
import { areLost, DataQuestion, type Seeker } from './data-question.svelte.ts';
import { fakeApi, settled } from './test-api.ts';

type Relinking = CommandInput<'run.relink'>;
const { dataset } = DEFAULT_RUN_CONFIG;
const changed = new StudioError({
  code: 'data-changed',
  message: '10 of 40 are missing.',
  remedy: 'Decide.',
});
const moved = { kind: 'files' as const, paths: ['/moved'] };

function questionWith(
  relink: (input: Relinking) => Promise<{ dataset: typeof dataset }>,
  paths: string[] | null = ['/moved'],
) {
  const { api, inputsOf } = fakeApi({ 'run.relink': relink, 'dataset.choose': () => ({ paths }) });
  const relinked = vi.fn();
  const seeker = { folder: '/runs/a', retry: vi.fn(), refused: vi.fn() } satisfies Seeker;
  return { question: new DataQuestion(api, relinked), seeker, inputsOf, relinked };
}

test('a run goes on with changed pictures once the person agrees', async () => {
  const relink = vi.fn<(input: Relinking) => Promise<{ dataset: typeof dataset }>>(async () => ({ dataset }));
  const { question, seeker, relinked } = questionWith(relink);
  question.askOfRun(seeker, changed);
  expect(question.question?.failure.message).toBe('10 of 40 are missing.');
  question.answer(question.question!.answers.find(({ look }) => look === 'primary')!);
  await settled();
  expect(relink).toHaveBeenCalledWith({ folder: '/runs/a', changedData: 'go-on' });
  expect(relinked).toHaveBeenCalledOnce();
  expect(seeker.retry).toHaveBeenCalledWith(dataset);
  expect(question.question).toBeUndefined();
});

test('cancelling changes nothing', () => {
  const relink = vi.fn<(input: Relinking) => Promise<{ dataset: typeof dataset }>>(async () => ({ dataset }));
  const { question, seeker } = questionWith(relink);
  question.askOfRun(seeker, changed);
  question.cancel();
  expect(question.question).toBeUndefined();
  expect(relink).not.toHaveBeenCalled();
});

test('a moved folder is chosen again; if it holds other pictures, the person is asked about those', async () => {
  const relink = vi.fn(async ({ changedData }: Relinking) => {
    if (changedData !== 'go-on') throw changed;
    return { dataset };
  });
  const { question, seeker } = questionWith(relink);
  await question.chooseAgain(seeker, 'folder');
  expect(relink).toHaveBeenLastCalledWith({ folder: '/runs/a', source: moved });
  expect(seeker.retry).not.toHaveBeenCalled();
  question.answer(question.question!.answers.at(-1)!);
  await settled();
  expect(relink).toHaveBeenLastCalledWith({ folder: '/runs/a', source: moved, changedData: 'go-on' });
  expect(seeker.retry).toHaveBeenCalledOnce();
});

test('other pictures go to a seeker that takes them, and the run stays as it is', async () => {
  const { question, seeker } = questionWith(() => Promise.reject(changed));
  const takeOthers = vi.fn();
  await question.chooseAgain({ ...seeker, takeOthers }, 'folder');
  expect(takeOthers).toHaveBeenCalledWith(moved);
  expect(question.question).toBeUndefined();
});

test('a cancelled dialog changes nothing, and a folder that cannot be used says why', async () => {
  const refusal = new StudioError({ code: 'folder-empty', message: 'It is empty.', remedy: '' });
  const { question, seeker } = questionWith(() => Promise.reject(refusal));
  await question.chooseAgain(seeker, 'folder');
  expect(seeker.refused).toHaveBeenCalledWith(expect.objectContaining({ message: 'It is empty.' }));
  expect(areLost(refusal)).toBe(true);
  expect(areLost(changed)).toBe(false);

  const other = questionWith(async () => ({ dataset }), null);
  await other.question.chooseAgain(other.seeker, 'folder');
  expect(other.inputsOf('run.relink')).toEqual([]);
});

test('a run on an archive or on single files can be pointed at those again', async () => {
  const { question, seeker, inputsOf } = questionWith(async () => ({ dataset }), ['/moved/cats.zip']);
  question.askOfRun(seeker, changed);
  question.answer(question.question!.answers.find(({ label }) => label === 'Choose the files again…')!);
  await settled();
  expect(inputsOf('dataset.choose')).toEqual([{ what: 'files' }]);
  expect(inputsOf('run.relink')).toEqual([
    { folder: '/runs/a', source: { kind: 'files', paths: ['/moved/cats.zip'] } },
  ]);
  expect(seeker.retry).toHaveBeenCalledOnce();
});
