/**
 * An attack on the command channel of the packaged app: hostile messages, many at once, with bait in folders
 * that the app was not granted. Afterwards the bait must be unread and unchanged, the processes the same, and
 * the app must still train.
 */
import path from 'node:path';
import type { StudioPage } from '../studio-page.ts';
import { ask, processesOf, trainedRun } from './app-under-attack.ts';
import { Watched } from './canaries.ts';
import { Chance } from './chance.ts';
import { grantPlaces, layAllBait } from './granted-places.ts';
import { ENDING, hostileMessage } from './hostile-message.ts';
import { NotedAnswers, type AnswerTally } from './noted-answers.ts';
import { loadSender, sendAll } from './send.ts';
import { askedOutside, stubDesktop } from './stub-desktop.ts';
import type { FittingValues } from './valid-input.ts';

/** Milliseconds, more than any command of these messages takes. */
const DEADLINE_MILLISECONDS = 60_000;
const MOST_AT_ONCE = 64;

export type Tally = AnswerTally & {
  /** How often each dialog, the file manager and the trash were used. */
  desktop: Record<string, number>;
  /** Whether the disk records that a file was read. */
  seesReading: boolean;
  /** Steps of the run that was trained afterwards. */
  trained: number;
};

export type Attacked = { studio: StudioPage; home: string; place: string };

/** Sends `count` messages; `onProgress` is called with the number sent so far. */
export async function attack(
  { studio, home, place }: Attacked,
  {
    count,
    seed,
    onProgress = () => undefined,
  }: { count: number; seed: number; onProgress?: (done: number) => void },
): Promise<Tally> {
  const chance = new Chance(seed);
  const runs = path.join(home, 'runs');
  const run = await trainedRun(studio);
  const bait = layAllBait({ home, place, run });
  const { known, granted } = await grantPlaces(studio, { home, place, run, bait });
  await stubDesktop(studio.app, { granted, trash: path.join(place, 'trash') });
  await loadSender(studio.page);
  const watched = new Watched(bait.folders);
  const processes = await processesOf(studio.app);
  const noted = new NotedAnswers(seed);
  studio.page.on('pageerror', (error) => noted.fault(String(error), `the page broke: ${error}`));

  for (let done = 0; done < count;) {
    const texts = someMessages(chance, known).slice(0, count - done);
    const sent = { texts, words: bait.words, deadline: DEADLINE_MILLISECONDS };
    noted.take(texts, await sendAll(studio.page, sent));
    done += texts.length;
    onProgress(done);
  }
  for (const change of watched.changes()) noted.fault(change, `outside of what was given: ${change}`);
  const desktop = await askedOutside(studio.app);
  for (const asked of desktop.outside) noted.fault(asked, `the desktop was asked for ${asked}`);
  const [before, after] = [processes, await processesOf(studio.app)].map((each) => JSON.stringify(each));
  if (after !== before) noted.fault('processes', `the processes were ${before} and are ${after}`);
  const trained = await trainsStill(studio, runs).catch((error: unknown) => {
    noted.fault('training', `the app does not train any more: ${String(error)}`);
    return 0;
  });
  return { ...noted.tally, desktop: desktop.counts, seesReading: watched.seesReading, trained };
}

/** A bundle of messages, as texts. */
function someMessages(chance: Chance, known: FittingValues): string[] {
  const messages = Array.from({ length: 1 + chance.below(MOST_AT_ONCE) }, () =>
    hostileMessage(chance, known),
  );
  return [...messages, ...ENDING].map((message) => JSON.stringify(message));
}

/** Ends what is under way, then trains one more run. */
async function trainsStill(studio: StudioPage, runs: string): Promise<number> {
  for (const name of [
    'dataset.cancel',
    'export.cancel',
    'lab.close',
    'run.stopMeasuring',
    'run.cancel',
  ] as const)
    await ask(studio, name, {});
  await studio.ask('run.stop', {});
  await studio.ask('run.endUnsaved', {});
  await ask(studio, 'preferences.chooseRunsFolder', { to: 'default' });
  const folder = await trainedRun(studio);
  if (!folder.startsWith(runs)) throw new Error(`it trained in ${folder}`);
  return ((await ask(studio, 'run.current', {})) as { step: number }).step;
}
