/**
 * Reads lines of losses, of which a log has one for each step, much faster than a JSON parser and a schema:
 * neighbouring lines differ only in their numbers. A line that is not written exactly as expected is left to
 * the parser.
 */
import type { RunEvent } from '../contract/index.ts';

type LossesEvent = Extract<RunEvent, { type: 'losses' }>;

/**
 * Numbers and their names, in the order of a line. `names` stays the same array while lines have the same
 * names.
 */
export type NamedNumbers = { readonly names: readonly string[]; readonly numbers: readonly number[] };

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const codeOf = (character: string): number => character.charCodeAt(0);

const BEGIN = bytesOf('{"time":"');
const MINUTE = '2026-01-01T00:00:'.length;
const STEP = bytesOf('Z","type":"losses","step":');
const LOSSES = bytesOf(',"losses":{');
const MEASURES = bytesOf(',"measures":{');
const NAME = /^"([A-Za-z][\w -]*)":/;
const LONGEST_NAME = 1000;
const LARGEST_STEP = 1e9;
const [COMMA, BRACE, MINUS, DOT, NEWLINE] = [',', '}', '-', '.', '\n'].map(codeOf) as Five;
const [ZERO, NINE, SMALL_E, LARGE_E, COLON] = ['0', '9', 'e', 'E', ':'].map(codeOf) as Five;
type Five = [number, number, number, number, number];
/** Numbers of more digits are left to JavaScript's own parser. */
const MOST_DIGITS = 17;
const POWERS = Array.from({ length: 64 }, (_, power) => Number(`1e${power}`));

/** Reads lines one after the other; its fields describe the line that was read last. */
export class LossesReader {
  /** When the line was logged, in milliseconds since 1970. */
  time = NaN;
  step = 0;
  readonly losses = new NumbersReader();
  readonly measures = new NumbersReader();
  /** Whether the line has measures. */
  hasMeasures = false;
  /** Of the line before: most neighbours were written within the same minute. */
  private minute: { text: Uint8Array; milliseconds: number } = { text: bytesOf('-'), milliseconds: NaN };

  /**
   * Reads the line that begins at `from`. Returns where the next one begins, or `bytes.length` after the
   * last; -1 if the line is not one of losses.
   */
  read(bytes: Uint8Array, from: number): number {
    let at = this.readStep(bytes, this.readTime(bytes, behind(BEGIN, bytes, from)));
    at = this.losses.read(bytes, behind(LOSSES, bytes, at));
    if (at < 0) return -1;
    this.hasMeasures = bytes[at] === COMMA;
    if (this.hasMeasures) at = this.measures.read(bytes, behind(MEASURES, bytes, at));
    if (at < 0 || bytes[at] !== BRACE) return -1;
    at += 1;
    if (at === bytes.length) return at;
    return bytes[at] === NEWLINE ? at + 1 : -1;
  }

  /** The line as an event. */
  get event(): LossesEvent {
    return {
      type: 'losses',
      step: this.step,
      losses: this.losses.record,
      ...(this.hasMeasures && { measures: this.measures.record }),
    };
  }

  /** Reads a time as `toISOString` writes it, up to the Z. */
  private readTime(bytes: Uint8Array, from: number): number {
    if (from < 0) return -1;
    let at = behind(this.minute.text, bytes, from);
    if (at < 0) {
      const text = bytes.slice(from, from + MINUTE);
      this.minute = { text, milliseconds: Date.parse(`${Buffer.from(text).toString('latin1')}00.000Z`) };
      at = from + MINUTE;
    }
    const seconds = digits(bytes, at, 2);
    const thousandths = bytes[at + 2] === DOT ? digits(bytes, at + 3, 3) : NaN;
    this.time = this.minute.milliseconds + seconds * 1000 + thousandths;
    return seconds < 60 && !Number.isNaN(this.time) ? at + 6 : -1;
  }

  private readStep(bytes: Uint8Array, from: number): number {
    let at = behind(STEP, bytes, from);
    if (at < 0) return -1;
    const begin = at;
    for (this.step = 0; isDigit(bytes[at]); at++) this.step = this.step * 10 + (bytes[at] ?? 0) - ZERO;
    return at === begin || this.step > LARGEST_STEP ? -1 : at;
  }
}

/** Reads numbers by name, up to the brace behind them. */
class NumbersReader implements NamedNumbers {
  names: readonly string[] = [];
  readonly numbers: number[] = [];
  /** Each name as it appears in a line, with quotes and colon. */
  private texts: readonly Uint8Array[] = [];

  get record(): Record<string, number> {
    return Object.fromEntries(this.names.map((name, index) => [name, this.numbers[index] ?? NaN]));
  }

  /** Returns the position after the brace; -1 if the line is not as expected. */
  read(bytes: Uint8Array, from: number): number {
    this.numbers.length = 0;
    let at = from;
    while (at >= 0 && bytes[at] !== BRACE) {
      if (this.numbers.length > 0) at = bytes[at] === COMMA ? at + 1 : -1;
      at = this.readName(bytes, at, this.numbers.length);
      at = this.readNumber(bytes, at);
    }
    if (at < 0) return -1;
    if (this.names.length > this.numbers.length) this.forgetFrom(this.numbers.length);
    return at + 1;
  }

  private readName(bytes: Uint8Array, from: number, index: number): number {
    if (from < 0) return -1;
    const expected = this.texts[index];
    const at = expected ? behind(expected, bytes, from) : -1;
    if (at >= 0) return at;
    const end = bytes.indexOf(COLON, from) + 1;
    if (end === 0 || end - from > LONGEST_NAME) return -1;
    const text = bytes.slice(from, end);
    const name = NAME.exec(Buffer.from(text).toString('latin1'))?.[1];
    if (name === undefined) return -1;
    this.forgetFrom(index);
    this.names = [...this.names, name];
    this.texts = [...this.texts, text];
    return end;
  }

  private forgetFrom(index: number): void {
    this.names = this.names.slice(0, index);
    this.texts = this.texts.slice(0, index);
  }

  /**
   * Adds the number that comes next. It is exact up to 15 digits; beyond, the last bits of a double may
   * differ, and every float32 is still exact.
   */
  private readNumber(bytes: Uint8Array, from: number): number {
    if (from < 0) return -1;
    const isNegative = bytes[from] === MINUS;
    let at = isNegative ? from + 1 : from;
    if (!isDigit(bytes[at])) return -1;
    let [whole, length, decimals] = [0, 0, 0];
    for (let isFraction = false; ; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === DOT && !isFraction) isFraction = true;
      else if (!isDigit(byte)) break;
      else {
        whole = whole * 10 + byte - ZERO;
        if (whole > 0) length += 1;
        if (isFraction) decimals += 1;
      }
    }
    const isPlain = length <= MOST_DIGITS && bytes[at] !== SMALL_E && bytes[at] !== LARGE_E;
    if (!isPlain) return this.readLongNumber(bytes, from);
    const number = whole / (POWERS[decimals] ?? NaN);
    this.numbers.push(isNegative ? -number : number);
    return Number.isNaN(number) ? -1 : at;
  }

  /** With an exponent, or more digits. */
  private readLongNumber(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== BRACE && bytes[at] !== NEWLINE) at++;
    const number = Number(Buffer.from(bytes.slice(from, at)).toString('latin1'));
    this.numbers.push(number);
    return Number.isFinite(number) ? at : -1;
  }
}

const isDigit = (byte = 0): boolean => byte >= ZERO && byte <= NINE;

/** Where `text` ends if `bytes` has it at `from`; -1 if not, or if `from` is negative. */
function behind(text: Uint8Array, bytes: Uint8Array, from: number): number {
  if (from < 0) return -1;
  for (let index = 0; index < text.length; index++) if (bytes[from + index] !== text[index]) return -1;
  return from + text.length;
}

/** The number of `count` digits at `from`; NaN if there is anything but digits. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++)
    number = isDigit(bytes[at]) ? number * 10 + (bytes[at] ?? 0) - ZERO : NaN;
  return number;
}
