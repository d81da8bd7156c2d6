/** The taskbar, notifications and the computer's sleep, as Electron has them. */
import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import { log } from './log.ts';
import type { Desktop } from './run-watch.ts';

/** Electron's values for a progress bar of unknown length, and for none. */
const INDETERMINATE = 2;
const NONE = -1;

/** `show` brings the window to the front, when a person clicks a notification. */
export function desktopOf(window: BrowserWindow, show: () => void): Desktop {
  // Without a reference, a notification is garbage-collected, and a click on it is lost.
  const notifications = new Set<Notification>();
  let blocker: number | undefined;
  return {
    showProgress({ mode, fraction }) {
      if (window.isDestroyed()) return;
      if (mode === 'none') window.setProgressBar(NONE);
      else window.setProgressBar(mode === 'indeterminate' ? INDETERMINATE : fraction, { mode });
    },
    // Without a window the app is ending, and no longer notifies.
    isInFront: () => window.isDestroyed() || window.isFocused(),
    notify(note) {
      log.info(`Notification: ${note.title}. ${note.body}`);
      if (!Notification.isSupported()) return;
      const notification = new Notification(note);
      notifications.add(notification);
      notification.once('click', show);
      notification.once('close', () => notifications.delete(notification));
      notification.show();
    },
    keepAwake(awake) {
      if (awake === (blocker !== undefined)) return;
      if (blocker === undefined) {
        blocker = powerSaveBlocker.start('prevent-app-suspension');
        return;
      }
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    },
  };
}
