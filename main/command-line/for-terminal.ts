/** Escapes text for a terminal: file names may contain characters that would control it. */

/** Control characters, line and paragraph separators, and characters that change the direction of writing. */
const CONTROLLING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Such as "a\u001b[2Jb" -> "a\\x1b[2Jb". */
export function forTerminal(text: string): string {
  return text.replace(CONTROLLING, (character) => SHORT[character] ?? escaped(character.charCodeAt(0)));
}

/** Like `forTerminal`, but keeps line breaks. */
export function linesForTerminal(text: string): string {
  return text.split('\n').map(forTerminal).join('\n');
}

function escaped(code: number): string {
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
