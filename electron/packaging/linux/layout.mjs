// @ts-check
/**
 * Where a Linux package puts its files: the app in one folder, and the files by which the system finds it.
 * electron-builder uses the same layout.
 */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { place } from '../../setup/files.mjs';
import { projectRoot } from '../entries.mjs';

const assets = path.join(projectRoot, 'assets');
const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512];

export const { version, description } = JSON.parse(
  readFileSync(path.join(projectRoot, 'package.json'), 'utf8'),
);

/** The app's folder on an installed system. */
export const installed = '/opt/GAN Studio';

/** The setuid helper of Chromium's sandbox, for systems that forbid programs user namespaces. */
export const sandboxHelper = `${installed}/chrome-sandbox`;

/**
 * The files that every package has besides the app, by their path on an installed system.
 * @param {Date} date of the release
 * @returns {Promise<Map<string, Buffer>>}
 */
export async function companions(date) {
  const day = date.toISOString().slice(0, 10);
  /** @param {string} name */
  const filled = (name) =>
    Buffer.from(
      readFileSync(path.join(assets, 'linux', name), 'utf8')
        .replaceAll('@VERSION@', version)
        .replaceAll('@DATE@', day),
    );
  const drawing = readFileSync(path.join(assets, 'icon.svg'));
  /** @type {Map<string, Buffer>} */
  const files = new Map([
    ['/usr/share/applications/gan-studio.desktop', filled('gan-studio.desktop')],
    ['/usr/share/metainfo/studio.gan.desktop.metainfo.xml', filled('studio.gan.desktop.metainfo.xml')],
    ['/usr/share/man/man1/gan-studio.1.gz', gzipSync(filled('gan-studio.1'), { level: 9 })],
    ['/usr/share/icons/hicolor/scalable/apps/gan-studio.svg', drawing],
  ]);
  for (const size of iconSizes) {
    files.set(`/usr/share/icons/hicolor/${size}x${size}/apps/gan-studio.png`, await icon(drawing, size));
  }
  return files;
}

/**
 * @param {Buffer} drawing
 * @param {number} size
 */
function icon(drawing, size) {
  return Transformer.fromSvg(drawing).resize(size, size).png();
}

/**
 * Lays out a whole system below a folder, as the package will have it.
 * @param {{ app: string, root: string, date: Date }} what app: the packaged app's folder; root: replaced as a
 * whole
 */
export async function layOut({ app, root, date }) {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(path.join(root, 'opt'), { recursive: true });
  place(app, path.join(root, installed));
  ownCopy(path.join(root, sandboxHelper));
  for (const [file, content] of await companions(date)) put(path.join(root, file), content);
  const copyright = path.join(root, 'usr', 'share', 'doc', 'gan-studio', 'copyright');
  mkdirSync(path.dirname(copyright), { recursive: true });
  copyFileSync(path.join(projectRoot, 'LICENSE'), copyright);
  mkdirSync(path.join(root, 'usr', 'bin'), { recursive: true });
  symlinkSync(path.join('..', '..', installed, 'gan-studio'), path.join(root, 'usr', 'bin', 'gan-studio'));
}

/**
 * Replaces a hard link by a copy, whose mode can differ.
 * @param {string} file
 */
function ownCopy(file) {
  const content = readFileSync(file);
  rmSync(file);
  writeFileSync(file, content);
  chmodSync(file, 0o755);
}

/**
 * @param {string} file
 * @param {Buffer} content
 */
export function put(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, 0o644);
}
