// @ts-check
/**
 * What the terminal shows of the open studio: that it is open, and real errors. What Chromium prints goes to the app's
 * log, unless the app ends before its window is there: then it says why.
 */
import { createInterface } from 'node:readline';
import { say } from './report.mjs';

/** Such as [4711:1127/143232.512345:ERROR:bus.cc(399)]; the fatal ones are for the terminal. */
const CHROMIUM = /^\[\d+:\d{4}\/\d{6}\.\d+:(INFO|WARNING|ERROR|VERBOSE\d*):/;

/**
 * Follows a studio from its start to its end.
 * @param {Pick<import('node:child_process').ChildProcess, 'on' | 'send' | 'stderr' | 'connected'>} studio
 * @param {(line: string) => void} [tell] shows a line in the terminal
 */
export function attend(studio, tell = say) {
  /** @type {string[]} what Chromium printed before the app can take it */
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
