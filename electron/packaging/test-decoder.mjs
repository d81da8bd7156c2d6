// @ts-check
/** Builds the decoding process before the unit tests run, as its sources are TypeScript and Node takes none. */
import path from 'node:path';
import { bundleProgram } from './bundle.mjs';
import { buildFolder } from './entries.mjs';

/** Vitest calls it once. */
export async function setup() {
  await bundleProgram({ entries: { decoder: 'main/decoder.ts' }, folder: path.join(buildFolder, 'test') });
}
