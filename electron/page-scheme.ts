/** The page's own address, studio://app/, which serves the files of the built page and nothing else. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { serveScheme, type Served } from './electron-versions.ts';

const SCHEME = 'studio';
const ORIGIN = `${SCHEME}://app`;
/** The page that the window starts with. */
export const PAGE_URL = `${ORIGIN}/index.html`;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Gives the scheme the rights of an ordinary secure site; to be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the files below this folder; to be called after the app is ready. */
export function servePage(folder: string): void {
  serveScheme(SCHEME, (url) => serveFile(folder, url));
}

/** Whether this is an address of the page itself. */
export function isPageUrl(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/** Whether this is the page that the window starts with, at any of its views. */
export function isStartUrl(url: string): boolean {
  return url.split('#')[0] === PAGE_URL;
}

async function serveFile(folder: string, url: string): Promise<Served> {
  const file = fileAt(folder, url);
  const type = file && TYPES[path.extname(file)];
  const body = type ? await fs.readFile(file).catch(() => undefined) : undefined;
  if (!type || !body)
    return {
      status: 404,
      headers: { ...HEADERS, 'content-type': 'text/plain' },
      body: Buffer.from('Not found'),
    };
  return { status: 200, headers: { ...HEADERS, 'content-type': type }, body };
}

function fileAt(folder: string, url: string): string | undefined {
  if (!isPageUrl(url)) return undefined;
  try {
    const file = path.resolve(folder, `.${decodeURIComponent(new URL(url).pathname)}`);
    return file.startsWith(folder + path.sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
