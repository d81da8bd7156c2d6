/**
 * Keeps the app's own page in the window: one that leaves, fails to load, crashes or hangs is loaded again.
 */
import { app, type BrowserWindow } from 'electron';
import { offerReload, offerToWait } from './dialogs.ts';
import { log } from './log.ts';
import { isStartUrl, PAGE_URL } from './page-scheme.ts';

/** Chromium's error code of a load that another one replaced. */
const ABORTED = -3;
/**
 * The page is loaded again automatically at most this often in this time; after that, the person is asked.
 */
const MOST_RETURNS = 5;
const RETURNS_MILLISECONDS = 60_000;

export class PageWatch {
  private readonly window: BrowserWindow;
  /** The page's last address, with the view. */
  private last = PAGE_URL;
  /** When it was loaded again automatically, by `performance.now()`. */
  private returns: number[] = [];
  private asking = false;
  /** The page's process was killed so that the page can be loaded again. */
  private ending = false;

  constructor(window: BrowserWindow) {
    this.window = window;
    const { webContents } = window;
    webContents.on('will-navigate', (event, url) => {
      // The preload script reloads a page whose document was emptied; no other navigation is allowed.
      if (!isStartUrl(url) || !this.mayReturn()) event.preventDefault();
    });
    webContents.on('did-navigate', (_event, url) => this.arrived(url));
    webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame) this.arrived(url);
    });
    // eslint-disable-next-line max-params -- Electron’s
    webContents.on('did-fail-load', (_event, code, reason, url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED) this.comeBack(`${url} could not be loaded: ${reason}`);
    });
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.ending) this.load();
      else if (reason !== 'clean-exit') this.ask(`ended unexpectedly (${reason})`);
    });
    window.on('unresponsive', () => void this.hangs());
  }

  private arrived(url: string): void {
    if (isStartUrl(url)) this.last = url;
    else this.comeBack(`It went to ${url}`);
  }

  private comeBack(why: string): void {
    log.warn(`The window lost its page. ${why}.`);
    if (this.mayReturn()) this.load();
    else this.ask('went away again and again');
  }

  private mayReturn(): boolean {
    const now = performance.now();
    this.returns = this.returns.filter((time) => now - time < RETURNS_MILLISECONDS);
    if (this.returns.length >= MOST_RETURNS) return false;
    this.returns.push(now);
    return true;
  }

  private ask(what: string): void {
    if (this.asking || this.window.isDestroyed()) return;
    this.asking = true;
    void offerReload(this.window, what).then((again) => {
      this.asking = false;
      if (!again) app.quit();
      else this.load();
    });
  }

  private async hangs(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    log.warn('The page does not answer.');
    const answered = new AbortController();
    this.window.once('responsive', () => answered.abort());
    const wait = await offerToWait(this.window, answered.signal);
    this.asking = false;
    if (wait || answered.signal.aborted || this.window.isDestroyed()) return;
    this.ending = true;
    this.window.webContents.forcefullyCrashRenderer();
  }

  private load(): void {
    this.ending = false;
    if (this.window.isDestroyed()) return;
    // A failure arrives as `did-fail-load`.
    this.window.loadURL(this.last).catch(() => undefined);
  }
}
