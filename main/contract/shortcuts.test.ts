import { expect, test } from 'vitest';
import { acceleratorOf, isPressed, SHORTCUTS, type KeyPress, type ShortcutName } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('any of its keys is the shortcut, in either case', () => {
  for (const key of ['x', 'X', 'Delete']) expect(isPressed(press(key), 'pictures.leave-out')).toBe(true);
  expect(isPressed(press('X', { shiftKey: true }), 'pictures.leave-out')).toBe(true);
  expect(isPressed(press('y'), 'pictures.leave-out')).toBe(false);
  expect(isPressed(press(' '), 'lab.play')).toBe(true);
});

test('a plain key is not a shortcut while Ctrl, Cmd or Alt is held', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey'])
    expect(isPressed(press('ArrowLeft', { [held]: true }), 'sample.previous')).toBe(false);
});

test('Ctrl or Cmd is required where the table says so, and Shift only where it says that', () => {
  expect(isPressed(press('z', { ctrlKey: true }), 'points.undo')).toBe(true);
  expect(isPressed(press('z', { metaKey: true }), 'points.undo')).toBe(true);
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'points.undo')).toBe(false);
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'redo')).toBe(true);
  expect(isPressed(press('z'), 'points.undo')).toBe(false);
});

test('no two shortcuts that work everywhere share a key', () => {
  for (const isMac of [false, true]) {
    const everywhere = (Object.keys(SHORTCUTS) as ShortcutName[]).filter((name) =>
      ['Everywhere', 'Text'].includes(SHORTCUTS[name].where),
    );
    const keys = everywhere.map((name) => acceleratorOf(name, { isMac }));
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(acceleratorOf('full-screen', { isMac: true })).toBe('Ctrl+Cmd+F');
  expect(acceleratorOf('full-screen', { isMac: false })).toBe('F11');
});
