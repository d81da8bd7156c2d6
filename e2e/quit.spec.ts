/** Quitting: asked about once while a run trains, and never at the cost of a step. */
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { z } from 'zod';
import { processesOf, survivors, utilityWith } from './app-process.ts';
import { answerQuestions, expect, launch, questionsOf, test } from './fixtures.ts';
import { StudioPage } from './studio-page.ts';

const stepEventSchema = z.object({ type: z.string(), step: z.number().int(), status: z.string().optional() });

test('closing asks while a run trains or is paused, and "Keep training" keeps it', async ({
  studio,
  app,
}) => {
  await answerQuestions(app, 'Keep training');
  await studio.shrinkRun();
  await studio.start();
  await closeWindow(app);
  await expect.poll(() => questionsOf(app)).toHaveLength(1);
  expect((await questionsOf(app))[0]).toMatch(/^.+ is training, step \d+\.$/);
  await studio.stepAbove(await studio.step());

  await studio.press('Pause');
  await expect(studio.status).toHaveText('Paused');
  await app.evaluate((electron) => electron.app.quit());
  await expect.poll(() => questionsOf(app)).toHaveLength(2);
  expect((await questionsOf(app))[1]).toMatch(/ is paused, step \d+\.$/);
  await expect(studio.status).toHaveText('Paused');
  await answerQuestions(app, 'Save and quit');
});

test('a second try to close, while the question is open, does not ask again', async ({ studio, app }) => {
  await studio.shrinkRun();
  await studio.start();
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    const neverAnswer = (_window: unknown, { message }: { message: string }) => {
      asked.push(message);
      return new Promise(() => undefined);
    };
    Object.assign(dialog, { showMessageBox: neverAnswer, asked });
  });
  for (let attempt = 0; attempt < 3; attempt++) await closeWindow(app);
  await app.evaluate((electron) => electron.app.quit());
  await expect.poll(() => questionsOf(app)).toHaveLength(1);
  await studio.stepAbove((await studio.step()) + 2);
  expect(await questionsOf(app)).toHaveLength(1);
  await endAfter(app, () => app.process().kill('SIGTERM'));
});

test('"Save and quit" saves the last step and leaves no process', async ({ home }) => {
  const { app, studio } = await startTraining(home);
  await studio.stepAbove(3);
  const running = processesOf(home);
  const { code } = await endAfter(app, () => closeWindow(app));
  expect(code).toBe(0);
  await expect.poll(() => survivors(running), { timeout: 5000 }).toEqual([]);
  expectSavedToTheLastStep(home);
});

test('a signal saves and quits without a question', async ({ home }) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { app } = await startTraining(home);
    await answerQuestions(app, 'Keep training');
    const running = processesOf(home);
    const end = await endAfter(app, () => app.process().kill(signal));
    expect({ sent: signal, ...end }).toEqual({ sent: signal, code: 0, signal: null });
    await expect.poll(() => survivors(running), { timeout: 5000 }).toEqual([]);
    expectSavedToTheLastStep(home);
  }
});

test('a trainer that the system asks to end saves the run, and the app goes on', async ({ studio, home }) => {
  await studio.shrinkRun();
  await studio.start();
  process.kill(utilityWith(home, 'libtensorflow').pid, 'SIGTERM');
  await expect(studio.crashBanner).toContainText('ended unexpectedly');
  expectSavedToTheLastStep(home);
});

test('nothing is asked when nothing trains', async ({ studio, app, home }) => {
  await answerQuestions(app, 'Keep training');
  await studio.shrinkRun();
  await studio.start();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const running = processesOf(home);
  await endAfter(app, () => closeWindow(app));
  await expect.poll(() => survivors(running), { timeout: 5000 }).toEqual([]);
});

test('the log names versions, the machine and the end of each process, and failures without their input', async ({
  studio,
  home,
}) => {
  expect(await studio.ask('run.open', { folder: path.join(home, 'runs', 'none') })).toMatchObject({
    failure: { code: 'run-missing' },
  });
  process.kill(utilityWith(home, 'libtensorflow').pid, 'SIGKILL');
  await expect.poll(() => logOf(home)).toContain('The trainer host ended unexpectedly');
  expect(logOf(home)).toMatch(
    /GAN Studio \d+\.\d+\.\d+, Electron [\d.]+, Chrome [\d.]+, Node [\d.]+, .* cores, [\d.]+ GiB memory\./,
  );
  expect(logOf(home)).toMatch(/The library host started, process \d+\./);
  expect(logOf(home)).toContain('run.open failed: run-missing');
  await studio.ask('catalogue.list', {});
  expect(logOf(home).match(/The trainer host started/g)).toHaveLength(2);
});

test('a run that is trained stays out of the trash, and so does all that is no run', async ({
  studio,
  home,
}) => {
  await studio.shrinkRun();
  await studio.start();
  const [folder = ''] = runFolders(home);
  const trash = (place: string) => studio.ask('runs.trash', { folder: place });
  expect(await trash(folder)).toMatchObject({ ok: false, failure: { code: 'run-held' } });
  expect(await trash(path.join(home, 'runs'))).toMatchObject({ ok: false, failure: { code: 'run-missing' } });
  expect(await trash(path.join(folder, 'checkpoints'))).toMatchObject({
    ok: false,
    failure: { code: 'run-missing' },
  });
  expect(await trash(path.join(home, 'cache'))).toMatchObject({
    ok: false,
    failure: { code: 'path-not-granted' },
  });
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const trashed = await trash(folder);
  // Where the system has no trash, the run must still be there.
  if (trashed.ok) expect(fs.existsSync(folder)).toBe(false);
  else
    expect({ trashed, there: fs.existsSync(folder) }).toMatchObject({
      trashed: { failure: { code: 'no-trash' } },
      there: true,
    });
});

async function startTraining(home: string): Promise<{ app: ElectronApplication; studio: StudioPage }> {
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  await studio.ready();
  await studio.shrinkRun();
  await studio.start();
  return { app, studio };
}

/** Closes the window, as a click on its cross does. */
async function closeWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** Waits until the app has ended after this action. The connection to it may break before. */
async function endAfter(
  app: ElectronApplication,
  act: () => unknown,
): Promise<{ code: number | null; signal: string | null }> {
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    app.process().once('exit', (code, signal) => resolve({ code, signal }));
  });
  await Promise.resolve(act()).catch(() => undefined);
  return ended;
}

/** Newest last. */
function runFolders(home: string): string[] {
  const runs = path.join(home, 'runs');
  return fs
    .readdirSync(runs)
    .map((name) => path.join(runs, name))
    .sort((a, b) => fs.statSync(a).birthtimeMs - fs.statSync(b).birthtimeMs);
}

function expectSavedToTheLastStep(home: string): void {
  const run = runFolders(home).at(-1) ?? '';
  const events = fs
    .readFileSync(path.join(run, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => stepEventSchema.parse(JSON.parse(line)));
  const lastStep = events.filter(({ type }) => type === 'losses').at(-1)?.step;
  expect(lastStep).toBeGreaterThan(0);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'stopped', step: lastStep });
  const saved = fs
    .readdirSync(path.join(run, 'checkpoints'))
    .map((name) => Number(/^step-(\d+)/.exec(name)?.[1] ?? -1));
  expect(Math.max(...saved)).toBe(lastStep);
  expect(fs.existsSync(path.join(run, 'holder.json'))).toBe(false);
}

function logOf(home: string): string {
  return fs.readFileSync(path.join(home, 'user-data', 'logs', 'main.log'), 'utf8');
}
