// @ts-check
/**
 * Builds what the unit tests need: the programs that they start, since Node cannot run their TypeScript
 * sources, and the built-in data sets.
 */
import path from 'node:path';
import { bundleProgram } from './bundle.mjs';
import { makeDatasets } from './datasets.mjs';
import { buildFolder } from './entries.mjs';

/** Called once by Vitest. */
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
