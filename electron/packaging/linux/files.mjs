// @ts-check
/** What the packages are called. */
import { version } from './layout.mjs';

/** By their kind. */
export const files = {
  'deb': `gan-studio_${version}_amd64.deb`,
  'rpm': `gan-studio-${version}-1.x86_64.rpm`,
  'AppImage': `gan-studio-${version}-x86_64.AppImage`,
  'tar.gz': `gan-studio-${version}-linux-x64.tar.gz`,
};

/** The .deb of the variant for tests: older than the release, which upgrades it. */
export const testsDeb = `gan-studio_${version}~tests_amd64.deb`;
