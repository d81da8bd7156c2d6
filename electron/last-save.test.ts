/** Quitting with a full disk says so, and loses nothing silently. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  StudioError,
  type Command,
  type CommandName,
  type RunStatus,
} from '#main/contract/index.ts';
import { failureToSave } from './last-save.ts';

const full = new StudioError({
  code: 'not-written',
  message: 'The disk is full.',
  remedy: 'Free some space.',
});
const current = (status: RunStatus) => ({ folder: '/runs/a', config: DEFAULT_RUN_CONFIG, status, step: 5 });

function trainerThat(answers: Partial<Record<CommandName, () => Promise<unknown>>>) {
  const asked: CommandName[] = [];
  const request = async <Name extends CommandName>({ name }: Command<Name>): Promise<unknown> => {
    asked.push(name);
    return answers[name]?.();
  };
  return { asked, trainer: { request } };
}

const ending = (status: RunStatus | undefined) => ({ status, limitMilliseconds: 20 });

test('a run that trains is stopped, which saves it', async () => {
  const { asked, trainer } = trainerThat({ 'run.stop': async () => current('stopped') });
  expect(await failureToSave(trainer, ending('training'))).toBeUndefined();
  expect(asked).toEqual(['run.stop']);
});

test.each(['training', 'paused', undefined] as const)(
  'a full disk that refuses the last state of a run (%s) is told of',
  async (status) => {
    const { trainer } = trainerThat({
      'run.stop': async () => current('unsaved'),
      'run.save': () => Promise.reject(full),
    });
    expect(await failureToSave(trainer, ending(status))).toMatchObject({
      code: 'not-written',
      message: 'The disk is full.',
      remedy: 'Free some space.',
    });
  },
);

test('a run that is unsaved already is saved, and not stopped', async () => {
  const { asked, trainer } = trainerThat({ 'run.save': async () => current('stopped') });
  expect(await failureToSave(trainer, ending('unsaved'))).toBeUndefined();
  expect(asked).toEqual(['run.save']);
});

test('a start that is cancelled and a trainer that hangs do not keep the app open', async () => {
  const noRun = new StudioError({ code: 'no-run', message: 'There is no run.', remedy: '' });
  const givenUp = trainerThat({ 'run.stop': () => Promise.reject(noRun) });
  expect(await failureToSave(givenUp.trainer, ending('starting'))).toBeUndefined();
  const hanging = trainerThat({ 'run.stop': () => new Promise(() => undefined) });
  expect(await failureToSave(hanging.trainer, ending('training'))).toBeUndefined();
});
