/**
 * Files that systems, network disks and other programs leave in folders. They are never anybody's data, so
 * they are skipped silently. So are names that begin with a dot: hidden files of Unix, and those of macOS on
 * other disks.
 */

/** Names in lower case, with what leaves them behind. */
export const CLUTTER: Readonly<Record<string, string>> = {
  'thumbs.db': 'Windows: thumbnails of a folder',
  'ehthumbs.db': 'Windows Media Center: thumbnails',
  'ehthumbs_vista.db': 'Windows Media Center: thumbnails',
  'desktop.ini': 'Windows: how a folder is shown',
  '$recycle.bin': 'Windows: what was deleted',
  'recycler': 'Windows XP: what was deleted',
  'system volume information': 'Windows: restore points and indexes of a disk',
  'found.000': 'Windows: what chkdsk has saved',
  '__macosx': 'macOS: resource forks in an archive',
  'icon\r': 'macOS: the icon of a folder',
  'network trash folder': 'macOS: what was deleted on a network disk',
  'temporary items': 'macOS: files of a network disk that are being written',
  'thevolumesettingsfolder': 'macOS: how a network disk is shown',
  '@eadir': 'Synology: thumbnails and metadata of each file',
  '@tmp': 'Synology: temporary files',
  '@sharebin': 'Synology: what was deleted',
  '@sharesnap': 'Synology: snapshots',
  '#recycle': 'Synology: what was deleted',
  '#snapshot': 'Synology: snapshots',
  '@recycle': 'QNAP: what was deleted',
  '@recently-snapshot': 'QNAP: snapshots',
  'network recycle bin 1': 'QNAP: what was deleted, of older systems',
  '~snapshot': 'NetApp: snapshots',
  'lost+found': 'Linux: what a repair of the disk has saved',
  '.thumbnails': 'Android and Linux: thumbnails',
  'picasa.ini': 'Picasa: edits of a folder',
  'zbthumbnail.info': 'ZoomBrowser: thumbnails',
  '_gsdata_': 'GoodSync: state and earlier versions',
};

const DOT = 0x2e;

/** Whether a file or folder of this name is skipped. */
export function isSkipped(name: Buffer): boolean {
  return name[0] === DOT || Object.hasOwn(CLUTTER, name.toString('latin1').toLowerCase());
}

/**
 * Whether this file may be a picture that its name hides. Files whose names begin with '._' are not: macOS
 * writes one beside each file on disks of other systems.
 */
export function isHiddenPicture(name: Buffer): boolean {
  return /^\.[^._].*\.(png|jpe?g|webp|avif|hei[cf]|gif|tiff?|bmp)$/i.test(name.toString('latin1'));
}
