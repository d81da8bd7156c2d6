// @ts-check
/**
 * What the terminal shows of the app that was opened from it: that it is open, and its errors. What Chromium
 * prints goes to the app's log; if the app ends before its window is shown, the terminal shows it, since it
 * may say why.
 */
import { createInterface } from 'node:readline';
import { say } from './report.mjs';

/** A line of Chromium, such as [4711:1127/143232.512345:ERROR:bus.cc(399)]. FATAL is left to the terminal. */
const CHROMIUM = /^\[\d+:\d{4}\/\d{6}\.\d+:(INFO|WARNING|ERROR|VERBOSE\d*):/;

/**
 * Follows the app from its start to its end.
 * @param {Pick<import('node:child_process').ChildProcess, 'on' | 'send' | 'stderr' | 'connected'>} studio
 * @param {(line: string) => void} [tell] shows a line in the terminal
 */
export function attend(studio, tell = say) {
  /** @type {string[]} what Chromium printed before the app could log it */
  let waiting = [];
  let logs = '';
  studio.on('message', (message) => {
    ({ logs } = /** @type {{ logs: string }} */ (message));
    tell('GAN Studio is open. To end it, close its window or press Ctrl+C here.');
    for (const line of waiting) log(line);
    waiting = [];
  });
  /** @param {string} line */
  const log = (line) => {
    if (logs === '') waiting.push(line);
    else if (studio.connected) studio.send({ printed: line }, () => undefined);
  };
  if (studio.stderr)
    createInterface({ input: studio.stderr }).on('line', (line) => (CHROMIUM.test(line) ? log : tell)(line));
  studio.on('exit', (code, signal) => {
    if (code === 0) return;
    for (const line of waiting) tell(line);
    if (logs !== '')
      tell(`GAN Studio ended unexpectedly (${signal ?? `exit code ${code}`}); its log is in ${logs}.`);
  });
}
