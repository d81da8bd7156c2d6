/** A restart of the process that trains keeps what it held, or is refused. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type CommandName, type Failure } from '#main/contract/index.ts';
import type { Alone } from './supervisor.ts';
import { restartTrainer } from './trainer-restart.ts';

const open = { folder: '/runs/a', config: DEFAULT_RUN_CONFIG, status: 'stopped', step: 5 };
const missing = new StudioError({ code: 'run-missing', message: 'It is gone.', remedy: 'Look for it.' });

/** Restarts a trainer that gives these answers; returns what was done, in order. */
async function done(answers: Partial<Record<CommandName, () => unknown>>): Promise<string[]> {
  const done: string[] = [];
  const ask: Alone['ask'] = async ({ name, input }) => {
    done.push(name === 'run.open' ? `${name} ${JSON.stringify(input)}` : name);
    return answers[name]?.() ?? null;
  };
  const restart = async () => void done.push('restart');
  const refusal = await restartTrainer(
    { alone: (_limit, work) => work({ ask, restart }) },
    () => void done.push('change'),
  ).catch((error: unknown) => (error instanceof StudioError ? error.code : 'unexpected'));
  return refusal === undefined ? done : [...done, refusal];
}

test('the change is made once nothing can be lost, and the open run is opened again', async () => {
  expect(await done({ 'run.current': () => open })).toEqual([
    'trainer.checkRestart',
    'run.current',
    'change',
    'restart',
    'run.open {"folder":"/runs/a","checkpoint":5}',
  ]);
  expect(await done({})).toEqual(['trainer.checkRestart', 'run.current', 'change', 'restart']);
});

test('if something would be lost, it is refused with the reason, and nothing changes', async () => {
  const failure: Failure = { code: 'lab-in-play', message: 'It would be lost.', remedy: 'Reset it.' };
  expect(await done({ 'trainer.checkRestart': () => failure })).toEqual([
    'trainer.checkRestart',
    'lab-in-play',
  ]);
});

test('a run that cannot be opened again after all does not undo the change', async () => {
  const opens = () => {
    throw missing;
  };
  expect((await done({ 'run.current': () => open, 'run.open': opens })).slice(2, 4)).toEqual([
    'change',
    'restart',
  ]);
});
