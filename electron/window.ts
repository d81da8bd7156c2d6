/**
 * The one window: its place on the screen, and a page that can go nowhere, open nothing but papers in the browser,
 * and ask for no permission.
 */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, shell, type Session } from 'electron';
import { describeError, log } from './log.ts';
import { closeWebRtc } from './no-network.ts';
import { isPageUrl, PAGE_URL } from './page-scheme.ts';
import { PageWatch } from './page-watch.ts';
import type { PaperLinks } from './paper-links.ts';
import { placeOf, rememberPlace } from './window-place.ts';

/** The page's own canvas, shown until the page has drawn itself. */
const BACKGROUND = { dark: '#0d101b', light: '#f3f4f8' };
/** What the page may load; developer tools come with Electron. */
const OWN_SCHEMES = ['data:', 'blob:', 'devtools:', 'chrome-extension:'];

type WindowOptions = {
  preload: string;
  /** The file that keeps its place. */
  memory: string;
  /** What the page may have opened in the browser. */
  papers: PaperLinks;
  /** The view that it starts with, in place of the usual one. */
  start: string | undefined;
};

/** Makes the window, hidden until its page is ready. */
export function createWindow({ preload, memory, papers, start }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(memory),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'GAN Studio',
    backgroundColor: background(),
    webPreferences: {
      preload: path.resolve(preload),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged || Boolean(process.env['GAN_STUDIO_DEVTOOLS']),
    },
  });
  rememberPlace(window, memory);
  confine(window, papers);
  new PageWatch(window);
  refuseAll(window.webContents.session);
  window.once('ready-to-show', () => window.show());
  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  void window.loadURL(start === undefined ? PAGE_URL : `${PAGE_URL}#${start}`);
  return window;
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** The page goes nowhere else, and is alone. */
function confine(window: BrowserWindow, papers: PaperLinks): void {
  const { webContents } = window;
  closeWebRtc(webContents);
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    if (papers.allows(url))
      shell
        .openExternal(url)
        .catch((error: unknown) => log.warn(`${url} could not be opened: ${describeError(error)}`));
    return { action: 'deny' };
  });
}

function refuseAll(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isPageUrl(url) && !OWN_SCHEMES.some((scheme) => url.startsWith(scheme)) });
  });
}
