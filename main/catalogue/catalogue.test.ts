/** Tests that the window has words, not codes, for everything that a person can choose. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from './catalogue.ts';

const schema = z.record(
  z.string(),
  z.object({
    enum: z.array(z.string()).optional(),
    choices: z.record(z.string(), z.object({ label: z.string().min(1) })).optional(),
  }),
);

test('every value of every choice among the options has a label', () => {
  const { gans, losses, stabilisers, optimizers } = catalogue();
  const choices = [...gans, ...losses, ...stabilisers, ...optimizers].flatMap(({ kind, options }) =>
    Object.entries(schema.parse(options['properties'] ?? {})).flatMap(([name, property]) =>
      property.enum
        ? [{ name: `${kind}.${name}`, values: property.enum, labels: property.choices ?? {} }]
        : [],
    ),
  );
  expect(choices.length).toBeGreaterThan(10);
  for (const { name, values, labels } of choices)
    expect(Object.keys(labels).sort(), name).toEqual([...values].sort());
});

test('without the trained network, metrics that need it say that they are unavailable', () => {
  const { metrics } = catalogue('/nowhere');
  expect(metrics.filter(({ unavailable }) => unavailable === undefined).map(({ kind }) => kind)).toEqual([
    'distance',
  ]);
  expect(metrics.find(({ kind }) => kind === 'kid')?.unavailable).toMatch(/npm run setup/);
});
