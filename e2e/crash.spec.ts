/** A utility process is killed or stopped in the middle of its work: the app says so, goes on, and starts it again. */
import { processesOf, survivors, utilityWith } from './app-process.ts';
import { expect, launch, test } from './fixtures.ts';
import { StudioPage } from './studio-page.ts';

test.beforeAll(() => {
  process.env['GAN_STUDIO_TRAINER_PATIENCE'] = '1 12';
});
test.afterAll(() => {
  delete process.env['GAN_STUDIO_TRAINER_PATIENCE'];
});

test('a run that dies or hangs is told, and the next one starts', async ({ studio, home }) => {
  await studio.shrinkRun();
  await studio.start();
  process.kill(utilityWith(home, 'libtensorflow').pid, 'SIGKILL');
  await expect(studio.crashBanner).toContainText('ended by itself');
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
