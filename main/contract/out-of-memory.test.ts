/** Running out of memory is recognised and reported, with what to change. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  isOutOfMemory,
  lessMemory,
  outOfMemory,
  StudioError,
  toFailure,
} from './index.ts';

const coded = (code: string) => Object.assign(new Error(`${code}: no`), { code });

test.each([
  ['V8, of an array', new RangeError('Array buffer allocation failed')],
  ['WebAssembly', new RangeError('WebAssembly.Memory(): could not allocate memory')],
  ['C++', new Error('std::bad_alloc')],
  [
    'TensorFlow, of an operation',
    new Error(
      'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[1024,14,14,64] and type float on /job:localhost',
    ),
  ],
  [
    'oneDNN',
    new Error(
      'Session fail to run with error: Operation received an exception:Status: 1, message: could not create a memory object, in file tensorflow/core/kernels/mkl/mkl_conv_grad_filter_ops.cc:640',
    ),
  ],
  ['the system', coded('ENOMEM')],
  ['Node', coded('ERR_MEMORY_ALLOCATION_FAILED')],
  ['a worker', coded('ERR_WORKER_OUT_OF_MEMORY')],
])('%s says that memory ran out', (_, error) => {
  expect(isOutOfMemory(error)).toBe(true);
  expect(toFailure(error)).toEqual(outOfMemory());
  expect(toFailure(error).code).toBe('out-of-memory');
});

test.each([
  new RangeError('Invalid typed array length: 1099511627776'),
  new Error('Invalid TF_Status: 3\nMessage: Incompatible shapes'),
  coded('ENOSPC'),
  'out of memory',
])('%s is another failure', (error) => {
  expect(isOutOfMemory(error)).toBe(false);
  expect(toFailure(error).code).not.toBe('out-of-memory');
});

test('an error that is already a failure keeps its words', () => {
  const broken = new StudioError({
    code: 'decoder-broken',
    message: 'It ran out of memory.',
    remedy: 'Wait.',
  });
  expect(toFailure(broken).code).toBe('decoder-broken');
});

test('settings that take memory are named with the values of the run', () => {
  const config = structuredClone(DEFAULT_RUN_CONFIG);
  config.dataset.options.size = 128;
  config.gan.options = { width: 64 };
  expect(lessMemory(config)).toBe(
    'Start a new run with a batch under 64, pictures smaller than 128 px or a width under 64, or close other programs and try again.',
  );
  config.dataset.options.size = 28;
  config.gan.options = {};
  config.batch = 2;
  expect(lessMemory(config)).toBe('Close other programs and try again.');
});
