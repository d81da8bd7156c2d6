/**
 * The preload script, the page's only door: carries requests and events across, and vouches for the paths of
 * what a person dropped.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { COMMAND_CHANNEL, EVENT_CHANNEL } from '#main/contract/channels.ts';
import type { Answer, Bridge, StudioEvent } from '#main/contract/index.ts';
import { pathOfFile } from './electron-versions.ts';
import type { PageMessage } from './page-messages.ts';

const send = (message: PageMessage): Promise<Answer> => ipcRenderer.invoke(COMMAND_CHANNEL, message);

const bridge: Bridge = {
  request: (request) => send({ from: 'page', request }),
  subscribe(listener) {
    const receive = (_event: unknown, events: StudioEvent[]) => listener(events);
    ipcRenderer.on(EVENT_CHANNEL, receive);
    return () => ipcRenderer.off(EVENT_CHANNEL, receive);
  },
};
contextBridge.exposeInMainWorld('studio', bridge);

// A script can empty the document without navigating; the page then reloads itself, which the app allows.
window.addEventListener('DOMContentLoaded', () => {
  const content = document.getElementById('app');
  const observer = new MutationObserver(() => {
    if (content?.isConnected) return;
    observer.disconnect();
    location.reload();
  });
  for (const parent of [document, document.documentElement, document.body])
    observer.observe(parent, { childList: true });
});

/** One or two pictures where the drop landed in an element with `data-drop="pictures"`, else a data set. */
function wantedBy(event: DragEvent): 'dataset' | 'pictures' {
  const takesPictures = event
    .composedPath()
    .some((element) => element instanceof HTMLElement && element.dataset['drop'] === 'pictures');
  return takesPictures ? 'pictures' : 'dataset';
}

// A drop lands anywhere on the window; without this, Chromium would try to open the file itself.
window.addEventListener(
  'dragover',
  (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  },
  { capture: true },
);

window.addEventListener(
  'drop',
  (event) => {
    if (!event.isTrusted || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const paths = [...event.dataTransfer.files].map(pathOfFile).filter((path) => path !== '');
    void send({ from: 'drop', wanted: wantedBy(event), paths });
  },
  { capture: true },
);
