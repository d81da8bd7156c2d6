import { expect, test } from 'vitest';
import { threadsEnvironment } from './threads.ts';

test('a number of threads goes to TensorFlow by the environment; 0 leaves the choice to TensorFlow', () => {
  expect(threadsEnvironment(0)).toEqual({});
  expect(threadsEnvironment(3)).toEqual({ TF_NUM_INTRAOP_THREADS: '3', TF_NUM_INTEROP_THREADS: '3' });
});
