// @ts-check
/** Says whether windows can be shown here, and opens a virtual screen for the tests. */
import { SetupError } from './report.mjs';
import { startBeside } from './processes.mjs';

/** @returns {boolean} whether a window would be seen */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts Xvfb, which picks a free display number itself.
 * @returns {Promise<{ environment: NodeJS.ProcessEnv, stop: () => void }>}
 */
export async function openScreen() {
  if (process.platform !== 'linux') return { environment: process.env, stop() {} };
  const { child, stop } = startBeside(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'],
    ['ignore', 'ignore', 'ignore', 'pipe'],
  );
  const number = await new Promise((resolve, reject) => {
    const failed = () =>
      reject(
        new SetupError({
          code: 'screen',
          facts: 'Xvfb, the screen for the end-to-end tests, did not start.',
          remedy: 'Run Xvfb -displayfd 1 by hand to see why.',
        }),
      );
    child.on('error', failed).on('exit', failed);
    child.stdio[3]?.once('data', (bytes) => resolve(String(bytes).trim()));
  });
  return { environment: { ...process.env, DISPLAY: `:${number}`, WAYLAND_DISPLAY: '' }, stop };
}
