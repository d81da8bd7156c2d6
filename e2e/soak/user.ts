/** A person at the app: how each action is done in the window. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { expect } from '../fixtures.ts';
import { resize } from '../looks.ts';
import { VIEWS, type StudioPage } from '../studio-page.ts';
import { oneOf, type Action, type Chance, type Situation } from './actions.ts';
import { Looking } from './looking.ts';
import { OwnFiles } from './own-files.ts';
import { pass, PATIENCE } from './patience.ts';
import { roleOf, type ElectronProcess, type Role } from './processes.ts';

/** Small, so that checkpoints and samples come often. */
const CHECKPOINT_EVERY = 200;
const SAMPLES_EVERY = 50;
const CHECKPOINTS_KEPT = 3;
const WINDOWS = [
  [1600, 1000],
  [1280, 800],
  [900, 600],
] as const;
const LONGEST_SLEEP_SECONDS = 8;
const MEASURING = { timeout: 240_000 };

const currentSchema = z.object({ status: z.string(), step: z.number() }).nullable();

type UserInput = {
  studio: StudioPage;
  chance: Chance;
  /** The folder with all that the app stores. */
  home: string;
  /** The folder for the person's pictures and exports. */
  place: string;
};

/** A person at the app, who does one thing after the other. */
export class User {
  private readonly given: UserInput;
  private readonly looking: Looking;
  private readonly files: OwnFiles;
  private readonly acts: Readonly<Record<Action, () => Promise<void>>> = {
    'view': () => this.studio.open(oneOf(VIEWS, this.chance)),
    'start': () => this.start(),
    'duplicate': () => this.duplicate(),
    'resume-earlier': () => this.goOnWithEarlier(),
    'open-earlier': () => this.openEarlier(),
    'trash': () => this.trash(),
    'wait': () => pass(this.chance, LONGEST_SLEEP_SECONDS),
    'pause': () => this.order('Pause', /Paused|Finished/),
    'continue': () => this.order('Resume', 'Training'),
    'stop': () => this.order('Stop', /Stopped|Finished/),
    'inspect': () => this.looking.inspect(),
    'samples': () => this.looking.lookAtSamples(),
    'latent': () => this.looking.walk(),
    'lab': () => this.looking.playLab(),
    'measure': () => this.measure(),
    'export': () => this.files.exportModel(),
    'import': () => this.files.importPictures(),
    'suspend-trainer': () => this.suspend('trainer'),
    'suspend-library': () => this.suspend('library'),
    'suspend-page': () => this.suspend('page'),
    'resize': () => this.resize(),
  };

  constructor(given: UserInput) {
    this.given = given;
    this.looking = new Looking(given);
    this.files = new OwnFiles(given);
  }

  private get studio(): StudioPage {
    return this.given.studio;
  }

  private get chance(): Chance {
    return this.given.chance;
  }

  /** Lays out the pictures, and has what goes to the trash removed for good. */
  async begin(): Promise<void> {
    this.files.lay();
    await this.studio.app.evaluate(({ shell }) => {
      type Files = { rmSync(folder: string, options: { recursive: boolean }): void };
      const { mainModule } = process as unknown as { mainModule: { require(name: string): Files } };
      const files = mainModule.require('node:fs');
      shell.trashItem = (folder) => Promise.resolve(files.rmSync(folder, { recursive: true }));
    });
  }

  /** Does an action. Throws when the app does not do its part. */
  async act(action: Action): Promise<void> {
    await this.acts[action]();
  }

  /** Closes whatever is open over the view, after something went wrong. */
  async recover(): Promise<void> {
    await this.studio.page.keyboard.press('Escape');
    await this.studio.page.keyboard.press('Escape');
  }

  /** Ends the run, if one is active. */
  async end(): Promise<void> {
    const { run } = await this.situation();
    if (run === 'training' || run === 'paused') await this.order('Stop', /Stopped|Finished/);
  }

  async situation(): Promise<Situation & { step: number }> {
    const answer = await this.studio.ask('run.current', {});
    if (!answer.ok) throw new Error(answer.failure.message);
    const current = currentSchema.parse(answer.output);
    const runs = path.join(this.given.home, 'runs');
    return {
      run: current ? situationOf(current.status) : 'none',
      step: current?.step ?? 0,
      runs: fs.existsSync(runs) ? fs.readdirSync(runs).length : 0,
    };
  }

  /** The app's processes as Electron lists them. */
  processes(): Promise<ElectronProcess[]> {
    return this.studio.app.evaluate(({ app }) =>
      app.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
    );
  }

  /**
   * Presses a button of the run bar, which not every view has, and waits for the status, which is also that
   * of a run that has just ended by itself.
   */
  private async order(button: string, status: string | RegExp): Promise<void> {
    if (!(await this.studio.status.isVisible())) await this.studio.open('Train');
    const orders = this.studio.page.getByRole('group', { name: 'What to do with the run', exact: true });
    await orders.getByRole('button', { name: button, exact: true }).click();
    await expect(this.studio.status).toHaveText(status, PATIENCE);
  }

  private async start(): Promise<void> {
    await this.studio.shrinkRun();
    await this.studio.set('Samples every (steps)', SAMPLES_EVERY);
    await this.studio.set('Checkpoint every (steps)', CHECKPOINT_EVERY);
    await this.studio.set('Checkpoints kept', CHECKPOINTS_KEPT);
    await this.studio.start();
  }

  private async selectSome(): Promise<void> {
    await this.studio.open('Runs');
    await expect(this.studio.runs.first()).toBeVisible();
    const count = await this.studio.runs.count();
    await this.studio.runs.nth(Math.floor(this.chance() * count)).click();
    await expect(this.ofRun('Open')).toBeVisible();
  }

  private ofRun(button: string) {
    return this.studio.selectedRun.getByRole('button', { name: button, exact: true });
  }

  private async duplicate(): Promise<void> {
    await this.selectSome();
    await this.studio.pressOfRun('Duplicate with changes');
    await expect(this.studio.status).toHaveText('Not started');
    await this.start();
  }

  private async goOnWithEarlier(): Promise<void> {
    await this.selectSome();
    const resume = this.ofRun('Resume');
    // A run that has just taken its last step is listed as finished a moment later.
    await expect(resume.or(this.ofRun('Train longer…'))).toBeEnabled();
    if (!(await resume.isVisible())) return this.open();
    await resume.click();
    await expect(this.studio.status).toHaveText(/Training|Finished/, PATIENCE);
  }

  private async openEarlier(): Promise<void> {
    await this.selectSome();
    await this.open();
  }

  private async open(): Promise<void> {
    await this.studio.pressOfRun('Open');
    await expect(this.studio.status).toHaveText(/Stopped|Finished/, PATIENCE);
  }

  private async trash(): Promise<void> {
    await this.selectSome();
    const before = (await this.situation()).runs;
    await this.studio.pressOfRun('Delete…');
    await this.studio.page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
    await expect.poll(async () => (await this.situation()).runs).toBe(before - 1);
  }

  private async measure(): Promise<void> {
    await this.selectSome();
    await this.studio.pressOfRun('Measure…');
    const dialog = this.studio.page.getByRole('dialog', { name: /^How good/ });
    const end = this.chance() < 0.5 ? 'Cancel' : 'Close';
    if (end === 'Cancel') await pass(this.chance, 4);
    await dialog.getByRole('button', { name: end === 'Cancel' ? /Cancel|Close/ : 'Close' }).click(MEASURING);
    await expect(dialog).toBeHidden();
  }

  /**
   * Stops a process for some seconds, as a laptop that sleeps does, and looks around meanwhile if the page
   * can.
   */
  private async suspend(role: Role): Promise<void> {
    const pid = (await this.processes()).find((each) => roleOf(each) === role)?.pid;
    if (pid === undefined) throw new Error(`There is no process of ${role}.`);
    process.kill(pid, 'SIGSTOP');
    try {
      if (role !== 'page') await this.studio.open(oneOf(VIEWS, this.chance));
      await pass(this.chance, LONGEST_SLEEP_SECONDS);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  private async resize(): Promise<void> {
    const [width, height] = oneOf(WINDOWS, this.chance);
    await resize(this.studio, { width, height });
  }
}

function situationOf(status: string): Situation['run'] {
  if (status === 'starting' || status === 'training') return 'training';
  return status === 'paused' ? 'paused' : 'ended';
}
