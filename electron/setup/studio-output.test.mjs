// @ts-check
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { attend } from './studio-output.mjs';

const NOISE = '[4711:1127/143232.512345:ERROR:bus.cc(399)] Failed to connect to the bus';
const opened = { opened: true, logs: '/logs' };

function studio() {
  /** @type {string[]} */
  const shown = [];
  /** @type {unknown[]} */
  const sent = [];
  const child = Object.assign(new EventEmitter(), {
    stderr: new PassThrough(),
    connected: true,
    send: (/** @type {unknown} */ message) => sent.push(message) > 0,
  });
  attend(/** @type {any} */ (child), (line) => shown.push(line));
  const print = async (/** @type {string} */ line) => {
    child.stderr.write(`${line}\n`);
    await new Promise((done) => setImmediate(done));
  };
  return { child, shown, sent, print };
}

test('what Chromium prints goes to the app, also what it printed before the window was shown', async () => {
  const { child, shown, sent, print } = studio();
  await print(NOISE);
  child.emit('message', opened);
  await print(NOISE.replace('ERROR:bus.cc(399)', 'WARNING:gpu/command_buffer.cc:12'));
  expect(sent).toHaveLength(2);
  expect(sent[0]).toEqual({ printed: NOISE });
  expect(shown).toEqual(['GAN Studio is open. To end it, close its window or press Ctrl+C here.']);
  child.emit('exit', 0);
  expect(shown).toHaveLength(1);
});

test('if the app ends before its window is shown, the terminal shows why', async () => {
  const { child, shown, print } = studio();
  await print(NOISE);
  await print('electron: error while loading shared libraries: libnss3.so: cannot open shared object file');
  child.emit('exit', 127);
  expect(shown).toEqual([
    'electron: error while loading shared libraries: libnss3.so: cannot open shared object file',
    NOISE,
  ]);
});

test('the app’s own errors, and fatal ones of Chromium, stay in the terminal', async () => {
  const { child, shown, print } = studio();
  child.emit('message', opened);
  await print('14:32:32.123 › The preferences could not be saved');
  await print(NOISE.replace('ERROR', 'FATAL'));
  child.emit('exit', 1);
  expect(shown.slice(1)).toEqual([
    '14:32:32.123 › The preferences could not be saved',
    NOISE.replace('ERROR', 'FATAL'),
    'GAN Studio ended unexpectedly (exit code 1); its log is in /logs.',
  ]);
});
