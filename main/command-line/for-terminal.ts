/** Words for a terminal: what a file name may hold, and a terminal would obey, is written out. */

/** Control characters, ends of lines and paragraphs, and those that turn the direction of writing. */
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** "a\u001b[2Jb" -> "a\x1b[2Jb", with a backslash that is read and not obeyed. */
export function forTerminal(text: string): string {
  return text.replace(OBEYED, (character) => SHORT[character] ?? escaped(character.charCodeAt(0)));
}

/** The same, where the text has lines of its own. */
export function linesForTerminal(text: string): string {
  return text.split('\n').map(forTerminal).join('\n');
}

function escaped(code: number): string {
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
