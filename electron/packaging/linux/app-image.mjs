// @ts-check
/**
 * Makes an AppImage: the runtime that mounts it, followed by a squashfs of the app.
 * https://github.com/AppImage/AppImageSpec/blob/master/draft.md
 */
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { place } from '../../setup/files.mjs';
import { runOrThrow } from '../../setup/run-or-throw.mjs';

/**
 * @param {{ root: string, app: string, runtime: string, file: string, work: string }} what root: a laid-out
 * system; app: the packaged app's folder; runtime: a file; work: a folder that is replaced, then removed
 */
export async function makeAppImage({ root, app, runtime, file, work }) {
  place(app, work);
  const shared = path.join(root, 'usr', 'share');
  copyFileSync(
    path.join(shared, 'applications', 'gan-studio.desktop'),
    path.join(work, 'gan-studio.desktop'),
  );
  copyFileSync(
    path.join(shared, 'icons', 'hicolor', '256x256', 'apps', 'gan-studio.png'),
    path.join(work, 'gan-studio.png'),
  );
  symlinkSync('gan-studio.png', path.join(work, '.DirIcon'));
  symlinkSync('gan-studio', path.join(work, 'AppRun'));
  place(shared, path.join(work, 'usr', 'share'));
  const squashed = `${file}.squashfs`;
  await runOrThrow(
    'mksquashfs',
    [work, squashed, '-comp', 'gzip', '-root-owned', '-noappend', '-no-progress', '-quiet'],
    { cwd: path.dirname(file) },
  );
  copyFileSync(runtime, file);
  await pipeline(createReadStream(squashed), createWriteStream(file, { flags: 'a' }));
  unlinkSync(squashed);
  chmodSync(file, 0o755);
  rmSync(work, { recursive: true });
}
