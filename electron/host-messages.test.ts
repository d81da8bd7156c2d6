import { expect, test } from 'vitest';
import { toHostSchema } from './host-messages.ts';

const message = (name: string, input: unknown) => ({ type: 'command', id: 1, command: { name, input } });

test('a command reaches its host as the app has parsed it', () => {
  const sent = message('dataset.cancel', { more: 1 });
  expect(toHostSchema.parse(sent)).toEqual(sent);
});

test('a command that does not exist is refused', () => {
  expect(toHostSchema.safeParse(message('no.such', {})).success).toBe(false);
  expect(toHostSchema.safeParse({ type: 'command', id: 1 }).success).toBe(false);
});
