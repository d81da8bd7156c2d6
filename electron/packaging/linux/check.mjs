// @ts-check
/** Checks a package's desktop entry and metainfo file with the system's own tools. */
import path from 'node:path';
import { runOrThrow } from '../../setup/run-or-throw.mjs';

/**
 * Throws with what the tool printed if a file is wrong.
 * @param {string} root a laid-out system
 */
export async function checkCompanions(root) {
  const shared = path.join(root, 'usr', 'share');
  await runOrThrow('desktop-file-validate', [path.join(shared, 'applications', 'gan-studio.desktop')]);
  await runOrThrow('appstreamcli', [
    'validate',
    '--no-net',
    path.join(shared, 'metainfo', 'studio.gan.desktop.metainfo.xml'),
  ]);
}
