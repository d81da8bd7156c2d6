// @ts-check
/**
 * Builds what the unit tests run beside themselves: the decoding process and one that is killed, as their sources are
 * TypeScript and Node takes none; and the built-in data sets.
 */
import path from 'node:path';
import { bundleProgram } from './bundle.mjs';
import { makeDatasets } from './datasets.mjs';
import { buildFolder } from './entries.mjs';

/** Vitest calls it once. */
export async function setup() {
  makeDatasets();
  await bundleProgram({
    entries: {
      'decoder': 'main/decoder.ts',
      'export-check': 'main/export-check.ts',
      'go-back': 'main/runs/test-go-back.ts',
    },
    folder: path.join(buildFolder, 'test'),
  });
}
