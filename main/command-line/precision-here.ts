/**
 * How the command line measures precisions on this machine: it uses the app's cache, and prints that it
 * measures.
 */
import type { settlePrecision } from '../training/index.ts';
import { defaultFolders } from './default-folders.ts';

export const precisionHere = (signal: AbortSignal): Parameters<typeof settlePrecision>[1] => ({
  cache: defaultFolders().cache,
  signal,
  onMeasuring: () =>
    process.stderr.write(
      'Measuring whether bfloat16 is faster than float32 on this machine, once for networks and batches of this size.\n',
    ),
});
