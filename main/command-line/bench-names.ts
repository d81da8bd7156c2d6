/** The names of the benchmarks, apart from their code, which loads TensorFlow. */
export const BENCHES = [
  'engine',
  'profile',
  'checkpoints',
  'digits',
  'modes',
  'lab',
  'quality',
  'quality-row',
  'import',
  'reopen',
  'run-list',
  'inspect',
  'time-left',
  'estimate',
  'health',
  'false-alarms',
  'spoilt',
  'precision',
] as const;

export type BenchName = (typeof BENCHES)[number];
