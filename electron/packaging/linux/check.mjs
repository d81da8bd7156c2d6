// @ts-check
/** Lets the system's own checkers read what a package brings for it. */
import path from 'node:path';
import { must } from './must.mjs';

/** @param {string} root a laid-out system; throws with the checker's words */
export async function checkCompanions(root) {
  const shared = path.join(root, 'usr', 'share');
  await must('desktop-file-validate', [path.join(shared, 'applications', 'gan-studio.desktop')], root);
  await must(
    'appstreamcli',
    ['validate', '--no-net', path.join(shared, 'metainfo', 'studio.gan.desktop.metainfo.xml')],
    root,
  );
}
