/**
 * Every keyboard shortcut: the menu takes its accelerators from here, the page asks `isPressed`, and the list
 * that a person sees is this table. Keys that a browser gives to every button and field are not in it.
 */

type Shortcut = {
  /** Each as Electron writes it: modifiers, then the key; CmdOrCtrl is Cmd on a Mac and Ctrl elsewhere. */
  keys: readonly string[];
  /** In place of `keys` on a Mac. */
  mac?: readonly string[];
  does: string;
  where: ShortcutScope;
};
type ShortcutScope = 'Everywhere' | 'Text' | 'Data set' | 'Samples' | 'Inspect' | '2-D lab' | 'Runs';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
const WALK = [...ARROWS, 'Home', 'End'] as const;

const TABLE = {
  'open-folder': { where: 'Everywhere', keys: ['CmdOrCtrl+O'], does: 'Open a folder of pictures' },
  'open-files': { where: 'Everywhere', keys: ['CmdOrCtrl+Shift+O'], does: 'Open pictures or zip archives' },
  'preferences': { where: 'Everywhere', keys: ['CmdOrCtrl+,'], does: 'Show the preferences' },
  'shortcuts': { where: 'Everywhere', keys: ['CmdOrCtrl+/'], does: 'Show the keyboard shortcuts' },
  'zoom-in': { where: 'Everywhere', keys: ['CmdOrCtrl+Plus'], does: 'Zoom in' },
  'zoom-out': { where: 'Everywhere', keys: ['CmdOrCtrl+-'], does: 'Zoom out' },
  'zoom-reset': { where: 'Everywhere', keys: ['CmdOrCtrl+0'], does: 'Show everything at its actual size' },
  'full-screen': {
    where: 'Everywhere',
    keys: ['F11'],
    mac: ['Ctrl+Cmd+F'],
    does: 'Fill the screen, or stop filling it',
  },
  'minimise': { where: 'Everywhere', keys: ['CmdOrCtrl+M'], does: 'Minimise the window' },
  'close': { where: 'Everywhere', keys: ['CmdOrCtrl+W'], does: 'Close the window' },
  'quit': { where: 'Everywhere', keys: ['CmdOrCtrl+Q'], does: 'Quit' },
  'undo': { where: 'Text', keys: ['CmdOrCtrl+Z'], does: 'Undo' },
  'redo': { where: 'Text', keys: ['CmdOrCtrl+Shift+Z'], does: 'Redo' },
  'cut': { where: 'Text', keys: ['CmdOrCtrl+X'], does: 'Cut' },
  'copy': { where: 'Text', keys: ['CmdOrCtrl+C'], does: 'Copy' },
  'paste': { where: 'Text', keys: ['CmdOrCtrl+V'], does: 'Paste' },
  'select-all': { where: 'Text', keys: ['CmdOrCtrl+A'], does: 'Select all' },
  'pictures.walk': { where: 'Data set', keys: WALK, does: 'Go from picture to picture' },
  'pictures.leave-out': {
    where: 'Data set',
    keys: ['X', 'Delete'],
    does: 'Leave the picture out, or put it back',
  },
  'picture.previous': { where: 'Data set', keys: ['ArrowLeft'], does: 'Show the previous picture, enlarged' },
  'picture.next': { where: 'Data set', keys: ['ArrowRight'], does: 'Show the next picture, enlarged' },
  'samples.walk': { where: 'Samples', keys: WALK, does: 'Go from sample to sample' },
  'sample.previous': { where: 'Samples', keys: ['ArrowLeft'], does: 'Show the previous sample, enlarged' },
  'sample.next': { where: 'Samples', keys: ['ArrowRight'], does: 'Show the next sample, enlarged' },
  'sample.earlier': {
    where: 'Samples',
    keys: ['ArrowUp', '['],
    does: 'Show the same sample at an earlier step',
  },
  'sample.later': {
    where: 'Samples',
    keys: ['ArrowDown', ']'],
    does: 'Show the same sample at a later step',
  },
  'sample-step.leave': { where: 'Samples', keys: ['Escape'], does: 'Leave the step as it was' },
  'pixels.walk': { where: 'Inspect', keys: ARROWS, does: 'Go from pixel to pixel of the gradient' },
  'lab.play': { where: '2-D lab', keys: ['Space'], does: 'Play or pause' },
  'points.walk': { where: '2-D lab', keys: ARROWS, does: 'Move over the plane where points are drawn' },
  'points.toggle': { where: '2-D lab', keys: ['Enter'], does: 'Add a point there, or remove it' },
  'points.undo': { where: '2-D lab', keys: ['CmdOrCtrl+Z'], does: 'Take the last points back' },
  'runs.previous': { where: 'Runs', keys: ['ArrowUp'], does: 'Show the run above' },
  'runs.next': { where: 'Runs', keys: ['ArrowDown'], does: 'Show the run below' },
  'run-name.keep': { where: 'Runs', keys: ['Enter'], does: 'Rename the run' },
  'run-name.leave': { where: 'Runs', keys: ['Escape'], does: 'Leave its name as it was' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof TABLE;
export const SHORTCUTS: Record<ShortcutName, Shortcut> = TABLE;

/** The parts of a keyboard event that identify a shortcut. */
export type KeyPress = Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean> & { key: string };

/** The shortcut as Electron writes it, for an entry of the menu. */
export function acceleratorOf(name: ShortcutName, { isMac }: { isMac: boolean }): string {
  return keysOf(SHORTCUTS[name], { isMac })[0] ?? '';
}

/** Its keys on this system. */
export function keysOf({ keys, mac }: Shortcut, { isMac }: { isMac: boolean }): readonly string[] {
  return isMac ? (mac ?? keys) : keys;
}

/**
 * Whether these keys are the shortcut's. Shift counts only with Ctrl or Cmd; without them it only changes the
 * letter.
 */
export function isPressed(event: KeyPress, name: ShortcutName): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  return SHORTCUTS[name].keys.some((keys) => {
    const [modifiers, wanted] = partsOf(keys);
    if (wanted.toLowerCase() !== key || event.altKey) return false;
    if (!modifiers.includes('CmdOrCtrl')) return !isCommand;
    return isCommand && event.shiftKey === modifiers.includes('Shift');
  });
}

/** "CmdOrCtrl+Shift+O" -> CmdOrCtrl and Shift, and O. */
export function partsOf(keys: string): [modifiers: string[], key: string] {
  const parts = keys.split('+');
  return [parts.slice(0, -1), parts.at(-1) ?? ''];
}
