import { expect, test } from 'vitest';
import { checkpointOf, chosenFrom, exportChoices } from './export-checkpoint.ts';

const labels = (known: Parameters<typeof exportChoices>[0]) => exportChoices(known).map(({ label }) => label);

test('the best comes first and is chosen unless the person wants another', () => {
  const choices = exportChoices({ status: 'finished', step: 2000, newest: 2000, best: { step: 1500 } });
  expect(choices.map(({ label }) => label)).toEqual(['Best (step 1,500)', 'As it is now (step 2,000)']);
  expect(chosenFrom(choices, undefined)).toBe('best');
  expect(chosenFrom(choices, 'now')).toBe('now');
  expect([checkpointOf('best'), checkpointOf('now')]).toEqual(['best', undefined]);
});

test('without a best one there is only the model as it is', () => {
  const known = { status: 'training', step: 12, newest: 0, best: undefined } as const;
  expect(labels(known)).toEqual(['As it is now (step 12)']);
  expect(chosenFrom(exportChoices(known), 'best')).toBe('now');
});

test('an earlier step that is open stands beside the best and the newest, each once', () => {
  const open = (step: number, best: number) =>
    labels({ status: 'stopped', step, newest: 2000, best: { step: best } });
  expect(open(1000, 1500)).toEqual(['Best (step 1,500)', 'Opened (step 1,000)', 'Newest (step 2,000)']);
  expect(open(1500, 1500)).toEqual(['Best (step 1,500)', 'Newest (step 2,000)']);
  expect(open(2000, 2000)).toEqual(['Best (step 2,000)']);
});

test('a run that trains beyond its best step still offers it', () => {
  expect(labels({ status: 'training', step: 500, newest: 500, best: { step: 500 } })).toEqual([
    'Best (step 500)',
    'As it is now (step 500)',
  ]);
});
