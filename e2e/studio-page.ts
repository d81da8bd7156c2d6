/** The app's window as a person sees it: everything is found by role and name, in the words of the screen. */
import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import type { Answer, Bridge, CommandName } from '#main/contract/index.ts';
import { dropAt } from './drop.ts';

declare global {
  interface Window {
    readonly studio: Bridge;
  }
}

export const VIEWS = [
  'Data set',
  'Train',
  'Inspect',
  'Latent space',
  '2-D lab',
  'Export',
  'Runs',
  'Catalogue',
  'Glossary',
  'Preferences',
] as const;
export type View = (typeof VIEWS)[number];

export class StudioPage {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly datasetCount: Locator;
  readonly leftOut: Locator;
  readonly status: Locator;
  readonly sampleGrid: Locator;
  readonly lossChart: Locator;
  readonly latentImage: Locator;
  /** The heading of the first steps. */
  readonly firstSteps: Locator;
  readonly crashBanner: Locator;
  readonly interruptedBanner: Locator;
  /** Why Start cannot be pressed. */
  readonly hindrance: Locator;
  /** Rows of the run library. */
  readonly runs: Locator;
  readonly selectedRun: Locator;
  /** The result of each format of the last export. */
  readonly exported: Locator;

  constructor({ app, page }: { app: ElectronApplication; page: Page }) {
    this.app = app;
    this.page = page;
    this.datasetCount = page.getByTestId('dataset-count');
    this.leftOut = page.getByTestId('left-out-list');
    this.status = page.getByTestId('run-status');
    this.sampleGrid = page.getByTestId('sample-grid');
    this.lossChart = page.getByTestId('loss-chart');
    this.firstSteps = page.getByRole('heading', { name: 'Train your first GAN', exact: true });
    this.latentImage = page.getByTestId('latent-image');
    this.crashBanner = page.getByTestId('crash-banner');
    this.interruptedBanner = page.getByTestId('interrupted-banner');
    this.hindrance = page.getByTestId('hindrance');
    this.runs = page.getByRole('list', { name: 'Runs', exact: true }).getByRole('button');
    this.exported = page.getByRole('list', { name: 'Exported', exact: true }).locator(':scope > li');
    this.selectedRun = page.getByRole('region', { name: 'Selected run', exact: true });
  }

  /**
   * Waits for the data set: the built-in digits at the first start, later the one from before. Leaves the
   * first steps, which a studio without runs shows. If the app asks before it quits, the answer is yes.
   */
  async ready(count = '10,000 pictures'): Promise<void> {
    await this.answerQuestions(0);
    await expect(this.datasetCount.or(this.firstSteps)).toBeVisible({ timeout: 60_000 });
    if (await this.firstSteps.isVisible()) await this.open('Data set');
    await expect(this.datasetCount).toHaveText(count, { timeout: 60_000 });
  }

  async open(view: View): Promise<void> {
    // Only links of the navigation: the glossary has links with the names of views.
    const views = this.page.getByRole('navigation', { name: 'Views', exact: true });
    await views.getByRole('link', { name: view, exact: true }).click();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Chooses one of a group of radio buttons such as "Training size". */
  async choose(group: string, choice: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: group, exact: true })
      .getByRole('radio', { name: choice, exact: true })
      .click();
  }

  /** Chooses an entry of a list such as "Optimiser". */
  async select(list: string, entry: string): Promise<void> {
    await this.page.getByRole('combobox', { name: list, exact: true }).click();
    await this.page
      .getByRole('option')
      .filter({ has: this.page.getByText(entry, { exact: true }) })
      .click();
  }

  async addStabiliser(label: string): Promise<void> {
    await this.select('Add a stabiliser', label);
    await expect(this.page.getByRole('button', { name: `Remove ${label}`, exact: true })).toBeVisible();
  }

  /** Types into a number field of the settings. */
  async set(field: string, value: number): Promise<void> {
    await this.page.getByRole('spinbutton', { name: field, exact: true }).fill(String(value));
  }

  /** Drags these files or folders from the desktop and drops them on the middle of the window. */
  async drop(...files: string[]): Promise<void> {
    const { width, height } = await this.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await dropAt(this.page, { x: width / 2, y: height / 2 }, files);
  }

  /** Drops them on the middle of this element. */
  async dropOn(element: Locator, ...files: string[]): Promise<void> {
    const box = await element.boundingBox();
    if (!box) throw new Error('The element to drop on is not shown.');
    await dropAt(this.page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, files);
  }

  /** Small enough settings for two slow cores: a sample grid comes every few steps. */
  async shrinkRun({ purpose = 'Fast look', batch = 16 } = {}): Promise<void> {
    await this.setUp();
    await this.page.getByRole('radio', { name: new RegExp(`^${purpose}`) }).click();
    await this.openSettings();
    await this.set('Batch', batch);
    await this.set('Sample pictures', 16);
    await this.set('Samples every (steps)', 5);
  }

  /** Opens all settings of a new run. Clicks again where a hint that appeared above has moved the button. */
  async openSettings(): Promise<void> {
    await this.setUp();
    const inside = this.page.getByRole('spinbutton', { name: 'Sample pictures', exact: true });
    await expect(async () => {
      if (!(await inside.isVisible())) await this.page.getByText('All settings', { exact: true }).click();
      await expect(inside).toBeVisible({ timeout: 1000 });
    }).toPass();
  }

  /** Opens the settings of a new run, also where another run is open. */
  async setUp(): Promise<void> {
    await this.open('Train');
    const start = this.page.getByRole('button', { name: 'Start', exact: true });
    const another = this.page.getByRole('button', { name: 'New run', exact: true });
    await expect(start.or(another)).toBeVisible();
    if (await another.isVisible()) await another.click();
    await expect(start).toBeVisible();
  }

  /** Starts a new run and waits for its first steps. */
  async start(): Promise<void> {
    await this.setUp();
    await this.press('Start');
    await expect(this.status).toHaveText('Training', { timeout: 60_000 });
    await this.stepAbove(1);
  }

  /** The step that the run bar shows. */
  async step(): Promise<number> {
    const text = await this.page.getByTestId('run-step').innerText();
    return Number(/^Step ([\d,]+) of /.exec(text)?.[1]?.replaceAll(',', ''));
  }

  async stepAbove(step: number): Promise<void> {
    await expect
      .poll(() => this.step(), { timeout: 60_000, message: `a step above ${step}` })
      .toBeGreaterThan(step);
  }

  /** Stops the run; returns its step just before, and when it has stopped. */
  async stopAtOnce(): Promise<{ before: number; after: number }> {
    return { before: await this.stepAsked('run.current'), after: await this.stepAsked('run.stop') };
  }

  private async stepAsked(name: 'run.current' | 'run.stop'): Promise<number> {
    const answer = await this.ask(name, {});
    if (!answer.ok) throw new Error(answer.failure.message);
    return z.object({ step: z.number() }).parse(answer.output).step;
  }

  /** Moves the slider between A and B. */
  async moveTo(position: number): Promise<void> {
    await this.page.getByRole('slider', { name: 'Position between A and B' }).fill(String(position));
  }

  /** The next dialog for folders or files answers with these; with none, it is cancelled. */
  async answerOpenDialog(...places: string[]): Promise<void> {
    await this.app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    }, places);
  }

  /** The next dialog for a file to write answers with this one. */
  async answerFileDialog(file: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
  }

  /** Exports the open run in these formats, by their labels, into new folders below this one. */
  async exportTo(folder: string, ...labels: string[]): Promise<void> {
    await this.open('Export');
    await this.chooseFormats(...labels);
    await this.answerOpenDialog(folder);
    await this.page.getByRole('button', { name: /^Export \d/ }).click();
    await expect(this.exported).toHaveCount(labels.length, { timeout: 60_000 });
  }

  /** Chooses these formats of the Export view, by their labels, and no others. */
  async chooseFormats(...labels: string[]): Promise<void> {
    const boxes = this.page.getByRole('list', { name: 'Formats', exact: true }).getByRole('checkbox');
    for (const box of await boxes.all())
      await box.setChecked(labels.includes((await box.getAttribute('aria-label')) ?? ''));
  }

  /** Answers every later message box with this button, counted from 0. */
  async answerQuestions(button: number): Promise<void> {
    await this.app.evaluate(({ dialog }, response) => {
      dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false });
    }, button);
  }

  /** Opens the run library and selects the run of this name. */
  async selectRun(name: string): Promise<void> {
    await this.open('Runs');
    await this.runs
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .first()
      .click();
    await expect(this.selectedRun.getByRole('heading', { name, exact: true })).toBeVisible();
  }

  /** Presses a button of the selected run, such as "Open". */
  async pressOfRun(name: string): Promise<void> {
    await this.selectedRun.getByRole('button', { name, exact: true }).click();
  }

  /** Sends a command directly, as a compromised page would. */
  ask(name: CommandName | 'no.such', input: unknown): Promise<Answer> {
    return this.page.evaluate((request) => window.studio.request(request as never), { name, input });
  }
}
