/** Crashes: a utility process is killed or stopped at work; the app says so, goes on, and starts it again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processesOf, survivors, utilityWith } from './app-process.ts';
import { expect, launch, test } from './fixtures.ts';
import { StudioPage } from './studio-page.ts';

test.beforeAll(() => {
  process.env['GAN_STUDIO_TRAINER_PATIENCE'] = '1 12';
});
test.afterAll(() => {
  delete process.env['GAN_STUDIO_TRAINER_PATIENCE'];
});

test('a trainer that dies or hangs is reported, and the next run starts', async ({ studio, home }) => {
  await studio.shrinkRun();
  await studio.start();
  process.kill(utilityWith(home, 'libtensorflow').pid, 'SIGKILL');
  await expect(studio.crashBanner).toContainText('ended unexpectedly');
  await expect(studio.status).toHaveText('Interrupted');
  await studio.open('Data set');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  await studio.start();
  await studio.open('Train');
  await studio.stepAbove(3);

  const hung = utilityWith(home, 'libtensorflow');
  process.kill(hung.pid, 'SIGSTOP');
  await expect(studio.page.getByText('has not answered for 1 second')).toBeVisible();
  await expect(studio.crashBanner).toContainText('did not answer for 12 seconds, and was ended');
  await expect(studio.status).toHaveText('Interrupted');
  expect(survivors([hung])).toEqual([]);
  await studio.crashBanner.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(studio.status).toHaveText('Training');
  await studio.stepAbove(3);
});

test('a trainer that gets no memory says so, and what to change', async ({ studio, home }) => {
  test.skip(process.platform !== 'linux', 'prlimit, which bounds the memory of a process, is of Linux');
  await studio.shrinkRun();
  await studio.start();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const { pid } = utilityWith(home, 'libtensorflow');
  const held = Number(/VmData:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  await studio.openSettings();
  await studio.set('Batch', 1024);
  execFileSync('prlimit', ['--pid', String(pid), `--data=${held * 1024 + 20e6}`]);
  await studio.press('Start');
  // TensorFlow reports it; where Chromium's allocator refuses, the process ends.
  const said = studio.page.getByText(/memory (ran|may have run) out/i).first();
  await expect(said).toBeVisible({ timeout: 30_000 });
  await expect(studio.page.getByText(/batch under 1024/)).toBeVisible();
});

test('the end of the app ends its processes, even when it is killed', async ({ home }) => {
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  await studio.ready();
  await studio.shrinkRun();
  await studio.start();
  const running = processesOf(home);
  expect(running.length).toBeGreaterThan(3);
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;
  await expect.poll(() => survivors(running), { timeout: 10_000 }).toEqual([]);
});
