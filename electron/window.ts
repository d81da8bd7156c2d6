/**
 * The one window: its place on the screen, and a page that can go nowhere, open nothing and ask for no
 * permission.
 */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, type Session } from 'electron';
import { offerReload } from './dialogs.ts';
import { isPageUrl, PAGE_URL } from './page-scheme.ts';
import { placeOf, rememberPlace } from './window-place.ts';

/** The page's own canvas, shown until the page has drawn itself. */
const BACKGROUND = { dark: '#0d101b', light: '#f3f4f8' };
/** What the page may load; developer tools come with Electron. */
const OWN_SCHEMES = ['data:', 'blob:', 'devtools:', 'chrome-extension:'];

/** Makes the window, hidden until its page is ready. `memory` is the file that keeps its place. */
export function createWindow({ preload, memory }: { preload: string; memory: string }): BrowserWindow {
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
  confine(window);
  refuseAll(window.webContents.session);
  window.once('ready-to-show', () => window.show());
  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  void window.loadURL(PAGE_URL);
  return window;
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** The page stays where it is, alone, and comes back when it crashes. */
function confine(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void offerReload(window, reason).then((again) => (again ? webContents.reload() : app.quit()));
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
