/** Formats are chosen together, progress is told while they are written, and what ends of another run is not shown. */
import { expect, test, vi } from 'vitest';
import { StudioError, type Api, type CommandName, type Exported } from '#main/contract/index.ts';
import { Exports } from './exports.svelte.ts';

type Answers = Partial<Record<CommandName, (input: unknown) => unknown>>;

/** Dialogs answer with /out unless told. */
function studio(answers: Answers = {}) {
  const call = vi.fn(async (name: CommandName, input: unknown) => {
    const answer = answers[name];
    if (answer) return answer(input);
    return name.startsWith('export.choose') ? { path: '/out' } : {};
  });
  const exports = new Exports({ call, subscribe: vi.fn() } as unknown as Api);
  const asked = (name: CommandName) =>
    call.mock.calls.filter(([each]) => each === name).map(([, input]) => input);
  return { exports, asked };
}

const exported = (format: Exported['format']): Exported => ({
  format,
  folder: '/out/x',
  files: [],
  check: null,
});
const failure = (code: string) => new StudioError({ code, message: 'm', remedy: 'r' });
/** Something that is waited for, and how it ends. */
function held() {
  let resolve: (value: unknown) => void = () => undefined;
  let reject: (why: Error) => void = () => undefined;
  const promise = new Promise((...ends) => ([resolve, reject] = ends));
  return { promise, resolve, reject };
}
const settle = () => new Promise((done) => setTimeout(done));

test('the chosen formats are written in the order of the table, from the checkpoint that is asked for', async () => {
  const result = [exported('html'), exported('keras')];
  const { exports, asked } = studio({ 'export.generator': () => result });
  exports.choose('keras', true);
  exports.choose('onnx', true);
  exports.choose('onnx', false);
  exports.layout = 'NHWC';
  expect(await exports.saveGenerator('best')).toBe(true);
  expect(await exports.saveGenerator(undefined)).toBe(true);
  const rest = { formats: ['html', 'keras'], layout: 'NHWC', folder: '/out' };
  expect(asked('export.generator')).toEqual([{ ...rest, checkpoint: 'best' }, rest]);
  expect(exports.generator).toMatchObject({ busy: false, result, failure: undefined });
});

test('a dialog that is closed changes nothing', async () => {
  const { exports, asked } = studio({ 'export.chooseFolder': () => ({ path: null }) });
  expect(await exports.saveGenerator(undefined)).toBe(false);
  expect(asked('export.generator')).toEqual([]);
  expect(exports.generator).toMatchObject({ busy: false, failure: undefined, cancelled: false });
});

test('progress is told while it is written, and calling it off is no failure', async () => {
  const writing = held();
  const { exports, asked } = studio({
    'export.generator': () => writing.promise,
    'export.cancel': () => writing.reject(failure('cancelled')),
  });
  const progress = { type: 'exporting', format: 'html', doing: 'writing', done: 0, total: 1 } as const;
  exports.apply(progress);
  expect(exports.progress).toBeUndefined();
  const saved = exports.saveGenerator(undefined);
  await settle();
  exports.apply(progress);
  expect(exports.progress).toEqual(progress);
  await Promise.all([exports.cancel(), exports.cancel()]);
  expect(await saved).toBe(false);
  expect(asked('export.cancel')).toHaveLength(1);
  expect(exports).toMatchObject({ progress: undefined, cancelling: false });
  expect(exports.generator).toMatchObject({ cancelled: true, failure: undefined, result: undefined });
});

test('a failure takes the place of what was exported before', async () => {
  let refused = false;
  const { exports } = studio({
    'export.generator': () => {
      if (refused) throw failure('not-written');
      return [exported('html')];
    },
  });
  await exports.saveGenerator(undefined);
  refused = true;
  expect(await exports.saveGenerator(undefined)).toBe(false);
  expect(exports.generator).toMatchObject({ result: undefined, failure: { code: 'not-written' } });
});

test('what ends once another run is open is not shown there', async () => {
  const writing = held();
  const { exports } = studio({ 'export.generator': () => writing.promise });
  const saved = exports.saveGenerator(undefined);
  await settle();
  exports.clear();
  writing.resolve([exported('html')]);
  expect(await saved).toBe(true);
  expect(exports.generator).toMatchObject({ busy: false, result: undefined });
  expect(exports.formats).toEqual(['html']);
});

test('a sheet is asked for with a file, separate pictures with a folder, both as they are enlarged', async () => {
  const { exports, asked } = studio();
  const { pictures } = exports;
  Object.assign(pictures, { count: 4, seed: 9, scale: 2, resampling: 'lanczos', classOf: 3 });
  const rest = { seed: 9, count: 4, class: 3, scale: 2, resampling: 'lanczos', checkpoint: 'best' };
  await pictures.save({ sheet: 'x.png' }, 'best');
  pictures.kind = 'separate';
  await pictures.save({ sheet: 'x.png' }, 'best');
  expect(asked('export.chooseFile')).toEqual([{ name: 'x.png' }]);
  expect(asked('export.sheet')).toEqual([{ ...rest, file: '/out' }]);
  expect(asked('export.pictures')).toEqual([{ ...rest, folder: '/out' }]);
});

test('a preview asks for no more pixels than a page needs; only smooth ones come enlarged', () => {
  const { pictures } = studio().exports;
  pictures.count = 256;
  pictures.scale = 8;
  expect(pictures.previewOf(64, undefined)).toEqual({ kind: 'sheet', seed: 1, count: 64 });
  pictures.resampling = 'lanczos';
  const smooth = { kind: 'sheet', seed: 1, scale: 8, resampling: 'lanczos', checkpoint: 'best' };
  expect(pictures.previewOf(64, 'best')).toEqual({ ...smooth, count: 16 });
  expect(pictures.previewOf(1024, 'best')).toEqual({ ...smooth, count: 1 });
  pictures.scale = 1;
  expect(pictures.previewOf(64, undefined)).toEqual({ kind: 'sheet', seed: 1, count: 64 });
});

test('the last seed of separate pictures is one that there is', () => {
  const { pictures } = studio().exports;
  Object.assign(pictures, { count: 2, seed: 0xffffffff });
  expect(pictures.isValid).toBe(true);
  pictures.kind = 'separate';
  expect([pictures.isValid, pictures.largestSeed]).toEqual([false, 0xfffffffe]);
  pictures.seed = 0xfffffffe;
  expect(pictures.isValid).toBe(true);
  pictures.count = Number.NaN;
  expect(pictures.isValid).toBe(false);
});
