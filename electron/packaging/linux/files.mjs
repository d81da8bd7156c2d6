// @ts-check
/** The file names of the Linux packages. */
import { version } from './layout.mjs';

/** By the kind of package. */
export const files = {
  'deb': `gan-studio_${version}_amd64.deb`,
  'rpm': `gan-studio-${version}-1.x86_64.rpm`,
  'AppImage': `gan-studio-${version}-x86_64.AppImage`,
  'tar.gz': `gan-studio-${version}-linux-x64.tar.gz`,
};

/**
 * The .deb of the tests' variant; its version sorts before the release's, so that the release upgrades it.
 */
export const testsDeb = `gan-studio_${version}~tests_amd64.deb`;
