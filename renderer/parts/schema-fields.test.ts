/** The options of a catalogue entry become a form without any code of their own. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { initialValues, schemaFields } from './schema-fields.ts';

const schema = z.toJSONSchema(
  z.object({
    width: z.number().int().min(8).max(256).default(64).describe('Channels of the widest layer.'),
    dropOut: z.number().min(0).max(1).default(0.3),
    answer: z.enum(['sigmoid', 'softmax']).default('sigmoid'),
    kernel: z.union([z.literal(3), z.literal(5)]).default(5),
    spectral: z.boolean().default(false),
    names: z.array(z.string()).default([]),
  }),
);

test('numbers, choices and switches are fields, in order; a list is not', () => {
  expect(schemaFields(schema).map(({ key, kind }) => [key, kind])).toEqual([
    ['width', 'number'],
    ['dropOut', 'number'],
    ['answer', 'choice'],
    ['kernel', 'choice'],
    ['spectral', 'switch'],
  ]);
});

test('a number field carries its range and its description', () => {
  expect(schemaFields(schema)[0]).toMatchObject({
    integer: true,
    minimum: 8,
    maximum: 256,
    initial: 64,
    label: 'Width',
    description: 'Channels of the widest layer.',
  });
});

test('keys read as words', () => {
  expect(schemaFields(schema)[1]?.label).toBe('Drop out');
});

test('initial values come from the schema', () => {
  expect(initialValues(schemaFields(schema))).toEqual({
    width: 64,
    dropOut: 0.3,
    answer: 'sigmoid',
    kernel: 5,
    spectral: false,
  });
});

test('a number that must be above 0 has 0 as a minimum that it does not take', () => {
  const above = z.toJSONSchema(z.object({ margin: z.number().positive().max(100) }));
  expect(schemaFields(above)[0]).toMatchObject({ minimum: 0, maximum: 100, above: true });
  expect(schemaFields(schema)[0]).toMatchObject({ minimum: 8, above: false });
});

test('a schema of anything but an object has no fields', () => {
  expect(schemaFields({ type: 'string' })).toEqual([]);
  expect(schemaFields({ properties: 3 })).toEqual([]);
});
