// @ts-check
/**
 * The system's libraries that the app's programs are linked to, and the packages that contain them; a test
 * compares the list with the programs.
 */

/**
 * @typedef {object} Library
 * @property {string} deb the Debian package; where it was renamed, its name in Debian 13 and Ubuntu 24.04
 * comes first
 * @property {string[]} files
 * @property {true} [opened] Electron opens them while it starts, so that no program is linked to them
 */

/** @type {Library[]} */
export const libraries = [
  { deb: 'libasound2t64 | libasound2', files: ['libasound.so.2'] },
  { deb: 'libatk1.0-0t64 | libatk1.0-0', files: ['libatk-1.0.so.0'] },
  { deb: 'libatk-bridge2.0-0t64 | libatk-bridge2.0-0', files: ['libatk-bridge-2.0.so.0'] },
  { deb: 'libatspi2.0-0t64 | libatspi2.0-0', files: ['libatspi.so.0'] },
  {
    deb: 'libc6 (>= 2.28)',
    files: ['libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'librt.so.1', 'ld-linux-x86-64.so.2'],
  },
  { deb: 'libcairo2', files: ['libcairo.so.2'] },
  { deb: 'libcups2t64 | libcups2', files: ['libcups.so.2'] },
  { deb: 'libdbus-1-3', files: ['libdbus-1.so.3'] },
  { deb: 'libdrm2', files: ['libdrm.so.2'] },
  { deb: 'libexpat1', files: ['libexpat.so.1'] },
  { deb: 'libgbm1', files: ['libgbm.so.1'] },
  { deb: 'libgcc-s1', files: ['libgcc_s.so.1'] },
  {
    deb: 'libglib2.0-0t64 | libglib2.0-0',
    files: ['libglib-2.0.so.0', 'libgobject-2.0.so.0', 'libgio-2.0.so.0'],
  },
  { deb: 'libgtk-3-0t64 | libgtk-3-0', files: ['libgtk-3.so.0'] },
  { deb: 'libnspr4', files: ['libnspr4.so'] },
  { deb: 'libnss3', files: ['libnss3.so', 'libnssutil3.so', 'libsmime3.so'] },
  { deb: 'libpango-1.0-0', files: ['libpango-1.0.so.0'] },
  { deb: 'libstdc++6 (>= 11)', files: ['libstdc++.so.6'] },
  { deb: 'libx11-xcb1', files: ['libX11-xcb.so.1'], opened: true },
  { deb: 'libx11-6', files: ['libX11.so.6'] },
  { deb: 'libxcb1', files: ['libxcb.so.1'] },
  { deb: 'libxcomposite1', files: ['libXcomposite.so.1'] },
  { deb: 'libxdamage1', files: ['libXdamage.so.1'] },
  { deb: 'libxext6', files: ['libXext.so.6'] },
  { deb: 'libxfixes3', files: ['libXfixes.so.3'] },
  { deb: 'libxkbcommon0', files: ['libxkbcommon.so.0'] },
  { deb: 'libxrandr2', files: ['libXrandr.so.2'] },
];

/** What the .deb depends on: these, and the package of `gio trash`, which moves runs to the trash. */
export const debDepends = [...libraries.map(({ deb }) => deb), 'libglib2.0-bin'];

/** xdg-open opens papers and folders. */
export const debRecommends = ['xdg-utils'];

/** What the .rpm requires: libraries by their own names, which are the same in every distribution. */
export const rpmRequires = libraries
  .flatMap(({ files }) => files)
  .filter((name) => !name.startsWith('ld-linux'))
  .map((name) => `${name}()(64bit)`);
