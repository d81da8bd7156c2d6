/** The benchmarks by name. Their code is loaded when one runs: it brings TensorFlow. */
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
