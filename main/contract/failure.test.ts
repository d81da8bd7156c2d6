/** What a person reads of a value that does not fit: plain sentences, and never the validator's own words. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  COMMANDS,
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  datasetOptionsSchema,
  datasetSourceSchema,
  runConfigSchema,
  setAt,
  setting,
  StudioError,
  STUDY_POINTS,
  toFailure,
  type SettingPath,
} from './index.ts';

const RAW = /expected|received|invalid|too (small|big):|>=|<=|NaN|undefined|null|regex|pattern|must match/i;

/** What is said of a value; fails where a raw word is in it. */
function said(schema: z.ZodType, value: unknown): string {
  const { message, remedy } = toFailure(schema.safeParse(value).error);
  expect(`${message} ${remedy}`).not.toMatch(RAW);
  return message;
}

function saidOf(path: SettingPath, value: unknown): string {
  const config = structuredClone(DEFAULT_RUN_CONFIG);
  setAt(config, path, value);
  return said(runConfigSchema, config);
}

test.each<[SettingPath, unknown, string]>([
  ['batch', 1, 'Batch: 1 is too small; choose a whole number from 2 to 1024.'],
  ['batch', 2000, 'Batch: 2000 is too large; choose a whole number from 2 to 1024.'],
  ['batch', 2.5, 'Batch: 2.5 is not a whole number; choose a whole number from 2 to 1024.'],
  ['batch', NaN, 'Batch: no number is entered; choose a whole number from 2 to 1024.'],
  ['batch', undefined, 'Batch: no number is entered; choose a whole number from 2 to 1024.'],
  ['batch', 'many', 'Batch: "many" is not a number; choose a whole number from 2 to 1024.'],
  ['steps', 0, 'Steps: 0 is too small; choose a whole number from 1 to 100,000,000.'],
  ['seed', -1, 'Seed: -1 is too small; choose a whole number from 0 to 4,294,967,295.'],
  ['averaging', 1, 'EMA decay: 1 is too large; choose a number from 0 to 0.99999.'],
  [
    'optimizer.learningRate.generator',
    0,
    'Learning rate of G: 0 is too small; choose a number above 0 and at most 1.',
  ],
  ['optimizer.clip', -1, 'Clip gradients at norm: -1 is too small; choose a number from 0 to 1,000,000.'],
  ['optimizer.schedule.over', 0, 'Fall over (steps): 0 is too small; choose a whole number of 1 or more.'],
  [
    'optimizer.schedule.kind',
    'steep',
    'Learning rate schedule: "steep" is not a choice; choose constant, linear or cosine.',
  ],
  [
    'samples.everySteps',
    Infinity,
    'Samples every (steps): Infinity is not a whole number; choose a whole number of 1 or more.',
  ],
  ['name', ' ', 'Name: nothing is entered; enter 1 to 120 characters.'],
  ['name', 'x'.repeat(130), 'Name: 130 characters are too many; enter 1 to 120 characters.'],
  ['name', 7, 'Name: this does not fit; it must be text.'],
  ['dataset.options.size', 65, 'Training size: 65 is not a choice; choose 28, 32, 64 or 128.'],
  ['dataset.options.mirror', 'yes', 'Mirror: this does not fit; it must be on or off.'],
])('%s as %s is refused with the remedy', (path, value, sentence) => {
  expect(saidOf(path, value)).toBe(sentence);
});

test('an option of the data set is refused by its label, alone and in a command', () => {
  const options = { ...DEFAULT_DATASET_OPTIONS, background: 'red' };
  const sentence = 'Background: "red" is not written in the right form; write it like #ffffff.';
  expect(said(datasetOptionsSchema, options)).toBe(sentence);
  const source = DEFAULT_RUN_CONFIG.dataset.source;
  expect(said(COMMANDS['dataset.open'].input, { source, options })).toBe(sentence);
  expect(said(COMMANDS['runs.rename'].input, { folder: '/runs/1', name: '' })).toBe(
    'Name: nothing is entered; enter 1 to 120 characters.',
  );
});

test('points and sources are refused by name', () => {
  const of = (changes: object) => ({ kind: 'points', points: { ...STUDY_POINTS.ring, ...changes } });
  expect(said(datasetSourceSchema, of({ deviation: 11 }))).toBe(
    'Deviation: 11 is too large; choose a number above 0 and at most 10.',
  );
  expect(said(datasetSourceSchema, of({ modes: 1 }))).toBe(
    'Modes: 1 is too small; choose a whole number from 2 to 64.',
  );
  expect(said(datasetSourceSchema, of({ layout: 'heap' }))).toBe(
    'Layout: this is not a choice; choose ring, grid, blobs, spiral or own.',
  );
  expect(said(datasetSourceSchema, of({ layout: 'own', centres: [[0, 0]] }))).toBe(
    'Centres: 1 are too few; give 2 or more.',
  );
});

test('what is no setting is refused in plain words, and text in it is not repeated', () => {
  const schema = z.strictObject({
    stepSize: z.number().multipleOf(4),
    address: z.url(),
    way: z.enum(['in', 'out']),
  });
  const fits = { stepSize: 4, address: 'https://example.org', way: 'in' };
  expect(said(schema, { ...fits, stepSize: 5 })).toBe(
    'Step size: 5 is not a multiple of 4; choose one that is.',
  );
  expect(said(schema, { ...fits, wdth: 4 })).toBe('The input: it has no "wdth"; leave that out.');
  expect(said(schema, { ...fits, address: 'secret' })).toBe(
    'Address: this is not written in the right form; enter it again.',
  );
  expect(said(schema, { ...fits, way: 'secret' })).toBe('Way: this is not a choice; choose in or out.');
  expect(said(schema, undefined)).toBe('The input: it is missing; it must be a group of settings.');
});

test('shapes that no words are known for are refused without raw words', () => {
  const shapes: [z.ZodType, unknown][] = [
    [z.union([z.string(), z.number()]), {}],
    [z.instanceof(Uint8Array), []],
    [z.number().refine(() => false), 1],
    [z.record(z.string().min(3), z.number()), { a: 1 }],
    [z.map(z.string(), z.number()), new Map([['a', 'b']])],
    [z.date(), NaN],
    [z.date().min(new Date()), new Date(0)],
    [z.bigint().max(3n), 7n],
    [z.never(), 1],
    [z.tuple([z.number()]), [1, 2]],
    [z.set(z.number()).min(2), new Set([1])],
  ];
  for (const [schema, value] of shapes)
    expect(said(schema, value)).toMatch(/^The input: .+[;:] .+\.$|^\w+: .+\.$/);
});

test('errors that were made in a validator’s own words are told in ours', () => {
  const raw = new z.ZodError([
    {
      code: 'too_small',
      origin: 'number',
      minimum: 2,
      path: ['config', 'batch'],
      message: 'Too small: expected number to be >=2',
    },
  ]);
  expect(toFailure(raw)).toEqual({
    code: 'invalid-input',
    message: 'Batch: this value does not fit; choose another one.',
    remedy: 'Change that value and try again.',
  });
  expect(toFailure(new z.ZodError([])).message).toBe('The input does not fit.');
});

test('an error of ours keeps its words, and so does one that nobody foresaw', () => {
  const failure = { code: 'full', message: 'The disk is full.', remedy: 'Make room.' };
  expect(toFailure(new StudioError(failure))).toEqual(failure);
  expect(toFailure(new Error('Boom'))).toMatchObject({ code: 'unexpected', message: 'Boom' });
});

test('a schema is described once', () => {
  expect(() => setting(runConfigSchema.shape.batch, { title: 'Again' })).toThrow('clone it');
});
