/**
 * The one window: its bounds on the screen, and a page that cannot navigate away, opens nothing but papers in
 * the browser, and gets no permission.
 */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, shell, type Session } from 'electron';
import { describeError, log } from './log.ts';
import { closeWebRtc } from './no-network.ts';
import { isPageUrl, PAGE_URL } from './page-scheme.ts';
import { PageWatch } from './page-watch.ts';
import type { PaperLinks } from './paper-links.ts';
import { boundsOf, rememberBounds } from './window-bounds.ts';

/** The page's background colours, shown until the page has drawn itself. */
const BACKGROUND = { dark: '#0d101b', light: '#f3f4f8' };
/** What the page may load; developer tools come with Electron. */
const OWN_SCHEMES = ['data:', 'blob:', 'devtools:', 'chrome-extension:'];

type WindowOptions = {
  preload: string;
  /** The file that keeps its bounds. */
  memory: string;
  /** The addresses that the page may have opened in the browser. */
  papers: PaperLinks;
  /** The view that it starts with; undefined for the usual one. */
  start: string | undefined;
};

/** Makes the window, hidden until its page is ready. */
export function createWindow({ preload, memory, papers, start }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...boundsOf(memory),
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
  rememberBounds(window, memory);
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

/** Keeps the page from being redirected, and from opening windows and webviews. */
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
