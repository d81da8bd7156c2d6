/**
 * Hours of use: the packaged app trains, is paused, browsed, suspended and resumed by chance, while its
 * memory, handles and disk are watched. Run by `npm run -s check:soak -- --hours N`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { processesOf, survivors } from './app-process.ts';
import { expect, launch, test, withFolder } from './fixtures.ts';
import { StudioPage } from './studio-page.ts';
import { chanceOf, chooseAction, type Action } from './soak/actions.ts';
import { diskFaults, diskUse, readRuns } from './soak/disk.ts';
import { heldByRole } from './soak/processes.ts';
import { tallyOf, type Sample, type Tally } from './soak/tally.ts';
import { sampleWords, tallyWords } from './soak/tally-words.ts';
import { User } from './soak/user.ts';
import { Watch } from './soak/watch.ts';

/** Between two measurements; short runs are measured more often. */
const INTERVAL_HOURS = 1 / 60;
const FEWEST_SAMPLES = 12;
/** Failed actions in a row after which the check ends, since the app is beyond use. */
const MOST_FAILURES = 5;

/** What the command passes on: how long, the seed, and the file that appears when the person wants an end. */
const wishSchema = z.object({ hours: z.number().positive(), seed: z.number().int(), stop: z.string() });

test.skip(process.platform !== 'linux', 'memory and handles are read from /proc');

test('soak', async () => {
  test.setTimeout(0);
  const wish = wishSchema.parse(JSON.parse(process.env['GAN_STUDIO_SOAK'] ?? '{}'));
  let faults: string[] = [];
  await withFolder('soak', async (folder) => {
    const tally = await soak(folder, wish);
    console.log(`\n${tallyWords(tally)}\n\n${JSON.stringify(tally)}`);
    ({ faults } = tally);
  });
  if (faults.length > 0) throw new Error(`${faults.length} things went wrong; the tally names them.`);
});

type Wish = z.infer<typeof wishSchema>;

async function soak(folder: string, wish: Wish): Promise<Tally> {
  const [home, place] = ['home', 'place'].map((name) => path.join(folder, name)) as [string, string];
  fs.mkdirSync(home);
  fs.mkdirSync(place);
  const watch = new Watch();
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  watch.follow(studio);
  await studio.ready();
  const chance = chanceOf(wish.seed);
  const user = new User({ studio, chance, home, place });
  await user.begin();
  const session = { studio, user, home, watch, chance };
  const used = await use(session, wish);
  const running = processesOf(home);
  await app.close().catch((error: unknown) => watch.note(`the app did not close: ${String(error)}`));
  await expect
    .poll(() => survivors(running), { timeout: 10_000 })
    .toEqual([])
    .catch(() => watch.note('processes stayed behind after the end'));
  const warnings = watch.readLog(home);
  const faults = diskFaults(readRuns(path.join(home, 'runs')));
  return tallyOf({ seed: wish.seed, ...used, errors: watch.errors, warnings, diskFaults: faults });
}

type Session = {
  studio: StudioPage;
  user: User;
  home: string;
  watch: Watch;
  chance: () => number;
};
type Used = { samples: Sample[]; actions: Partial<Record<Action, number>> };

/** Does one action after the other until the time is over, or the person wants an end. */
async function use(session: Session, { hours, stop }: Wish): Promise<Used> {
  const { user, watch, chance } = session;
  const interval = Math.min(INTERVAL_HOURS, hours / FEWEST_SAMPLES);
  const samples = [await measure(session)];
  const actions: Used['actions'] = {};
  let failures = 0;
  while (watch.hours < hours && failures < MOST_FAILURES && !fs.existsSync(stop)) {
    const done = await once(session, async () => {
      const action = chooseAction(await user.situation(), chance);
      watch.action = action;
      await user.act(action);
      actions[action] = (actions[action] ?? 0) + 1;
    });
    failures = done ? 0 : failures + 1;
    if (watch.hours - (samples.at(-1)?.hours ?? 0) < interval) continue;
    await once(session, async () => {
      const sample = await measure(session);
      samples.push(sample);
      console.log(sampleWords(sample));
    });
  }
  watch.action = 'end';
  await once(session, async () => {
    await user.end();
    samples.push(await measure(session));
  });
  return { samples, actions };
}

/** Does one action, and returns whether it succeeded; what failed is noted. */
async function once({ studio, user, watch }: Session, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    await watch.look(studio);
    return true;
  } catch (error) {
    watch.note(error instanceof Error ? error.message : String(error));
    await user.recover().catch(() => watch.note('the page takes no keys'));
    return false;
  }
}

async function measure({ user, home, watch }: Session): Promise<Sample> {
  const living = processesOf(home).map(({ pid }) => pid);
  const held = heldByRole(living, await user.processes());
  const { step } = await user.situation();
  return { hours: watch.hours, step, processes: living.length, held, disk: diskUse(home) };
}
