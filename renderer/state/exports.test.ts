/** Several formats are exported at once, with progress; the outcome of another run's export is not shown. */
import { expect, test } from 'vitest';
import { StudioError, type Exported } from '#main/contract/index.ts';
import { Exports } from './exports.svelte.ts';
import { fakeApi, held, settled, type Answers } from './test-api.ts';

/** An app whose dialogs answer with /out by default. */
function studio(answers: Answers = {}) {
  const { api, inputsOf } = fakeApi({
    'export.chooseFile': () => ({ path: '/out' }),
    'export.chooseFolder': () => ({ path: '/out' }),
    'export.generator': () => [],
    'export.sheet': ({ file }) => ({ file, bytes: 1 }),
    'export.pictures': ({ folder }) => ({ folder, files: [] }),
    ...answers,
  });
  return { exports: new Exports(api), inputsOf };
}

const exported = (format: Exported['format']): Exported => ({
  format,
  folder: '/out/x',
  files: [],
  check: null,
});
const failure = (code: string) => new StudioError({ code, message: 'm', remedy: 'r' });

test('the chosen formats are written in the order of the table, from the checkpoint that is asked for', async () => {
  const result = [exported('html'), exported('keras')];
  const { exports, inputsOf } = studio({ 'export.generator': () => result });
  exports.choose('keras', true);
  exports.choose('onnx', true);
  exports.choose('onnx', false);
  exports.layout = 'NHWC';
  expect(await exports.saveGenerator('best')).toBe(true);
  expect(await exports.saveGenerator(undefined)).toBe(true);
  const rest = { formats: ['html', 'keras'], layout: 'NHWC', folder: '/out' };
  expect(inputsOf('export.generator')).toEqual([{ ...rest, checkpoint: 'best' }, rest]);
  expect(exports.generator).toMatchObject({ busy: false, result, failure: undefined });
});

test('a dialog that is closed changes nothing', async () => {
  const { exports, inputsOf } = studio({ 'export.chooseFolder': () => ({ path: null }) });
  expect(await exports.saveGenerator(undefined)).toBe(false);
  expect(inputsOf('export.generator')).toEqual([]);
  expect(exports.generator).toMatchObject({ busy: false, failure: undefined, cancelled: false });
});

test('progress is shown while formats are written, and cancelling is no failure', async () => {
  const { requests, hold } = held<'export.generator'>();
  const { exports, inputsOf } = studio({
    'export.generator': hold,
    'export.cancel': () => {
      requests[0]?.refuse(failure('cancelled'));
      return {};
    },
  });
  const progress = { type: 'exporting', format: 'html', doing: 'writing', done: 0, total: 1 } as const;
  exports.apply(progress);
  expect(exports.progress).toBeUndefined();
  const saved = exports.saveGenerator(undefined);
  await settled();
  exports.apply(progress);
  expect(exports.progress).toEqual(progress);
  await Promise.all([exports.cancel(), exports.cancel()]);
  expect(await saved).toBe(false);
  expect(inputsOf('export.cancel')).toHaveLength(1);
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

test('an export that ends once another run is open is not shown there', async () => {
  const { requests, hold } = held<'export.generator'>();
  const { exports } = studio({ 'export.generator': hold });
  const saved = exports.saveGenerator(undefined);
  await settled();
  exports.clear();
  requests[0]?.answer([exported('html')]);
  expect(await saved).toBe(true);
  expect(exports.generator).toMatchObject({ busy: false, result: undefined });
  expect(exports.formats).toEqual(['html']);
});

test('a sheet is asked for with a file, separate pictures with a folder, both as they are enlarged', async () => {
  const { exports, inputsOf } = studio();
  const { pictures } = exports;
  Object.assign(pictures, { count: 4, seed: 9, scale: 2, resampling: 'lanczos', classOf: 3 });
  const rest = { seed: 9, count: 4, class: 3, scale: 2, resampling: 'lanczos', checkpoint: 'best' };
  await pictures.save({ sheet: 'x.png' }, 'best');
  pictures.kind = 'separate';
  await pictures.save({ sheet: 'x.png' }, 'best');
  expect(inputsOf('export.chooseFile')).toEqual([{ name: 'x.png' }]);
  expect(inputsOf('export.sheet')).toEqual([{ ...rest, file: '/out' }]);
  expect(inputsOf('export.pictures')).toEqual([{ ...rest, folder: '/out' }]);
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

test('the last of several separate pictures has a seed that exists', () => {
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
