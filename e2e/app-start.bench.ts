/**
 * How long it takes from the click to the first picture in the window, and from there to the first samples of
 * a training that begins at once: with the app's files in the page cache, and without.
 * Run by `npm run bench -- app-start`.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { inPage, portOf } from './chromium-port.ts';
import { environmentOf, expect, launchArguments, test, withFolder } from './fixtures.ts';

const ROUNDS = 5;
const RELEASE = path.resolve(__dirname, '..', 'dist', 'linux-unpacked');

/** When the page had drawn something, in milliseconds since 1970. */
const DRAWN = `(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return paint ? performance.timeOrigin + paint.startTime : 0;
})()`;
/** Begins the training, and notes when its first samples are drawn. */
const BEGIN = `(() => {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent.includes('Train the digits now'));
  if (!button) return false;
  window.begunAt = performance.now();
  new MutationObserver((_, observer) => {
    const grid = document.querySelector('[data-testid="sample-grid"]');
    if (!grid || !/^[1-9]/.test(grid.getAttribute('data-step') ?? '')) return;
    window.sampledAfter = performance.now() - window.begunAt;
    observer.disconnect();
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
  button.click();
  return true;
})()`;

test.skip(process.platform !== 'linux', 'vmtouch evicts files from the page cache of Linux');

for (const cold of [false, true]) {
  test(cold ? 'cold' : 'warm', async () => {
    test.setTimeout(600_000);
    const rounds: { window: number; samples: number }[] = [];
    // The first warm round only loads the files.
    for (let round = cold ? 1 : 0; round <= ROUNDS; round++) {
      if (cold) evict();
      await withFolder('start', async (home) => {
        const measured = await startOnce(home);
        if (round > 0) rounds.push(measured);
      });
    }
    const median = (values: number[]) => Math.round([...values].sort((a, b) => a - b)[ROUNDS >> 1]!);
    console.log(
      JSON.stringify({
        case: `app-start ${cold ? 'cold' : 'warm'}`,
        millisecondsToWindow: median(rounds.map(({ window }) => window)),
        millisecondsToSamples: median(rounds.map(({ samples }) => samples)),
        windows: rounds.map(({ window }) => Math.round(window)),
      }),
    );
  });
}

function evict(): void {
  const { status, stderr } = spawnSync('vmtouch', ['-e', '-q', RELEASE], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

async function startOnce(home: string): Promise<{ window: number; samples: number }> {
  const clicked = Date.now();
  const app = spawn(path.join(RELEASE, 'gan-studio'), [...launchArguments, '--remote-debugging-port=0'], {
    env: environmentOf(home),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => app.once('exit', resolve));
  try {
    const { port } = await portOf(app);
    const ask = (expression: string) => async () => Number(await inPage(port, expression));
    await expect.poll(ask(DRAWN)).toBeGreaterThan(0);
    const drawn = await ask(DRAWN)();
    await expect.poll(() => inPage(port, BEGIN)).toBe(true);
    await expect.poll(ask('window.sampledAfter ?? 0'), { timeout: 120_000 }).toBeGreaterThan(0);
    return { window: drawn - clicked, samples: await ask('window.sampledAfter')() };
  } finally {
    app.kill('SIGKILL');
    await ended;
  }
}
