/** How the command line measures precisions on this machine: in the cache of the app, and saying so. */
import type { settlePrecision } from '../training/index.ts';
import { defaultFolders } from './default-folders.ts';

export const precisionHere = (signal: AbortSignal): Parameters<typeof settlePrecision>[1] => ({
  cache: defaultFolders().cache,
  signal,
  onMeasuring: () =>
    process.stderr.write(
      'Measuring whether bfloat16 is quicker than float32 on this machine, once for this shape.\n',
    ),
});
