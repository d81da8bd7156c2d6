/**
 * Reads a line of losses, of which a log has one for each step, in a tenth of the time that a JSON parser and a schema
 * take: neighbouring lines are alike but for their numbers. Whatever is not written exactly as expected is left to
 * those.
 */
import type { RunEvent } from '../contract/index.ts';

type LossesEvent = Extract<RunEvent, { type: 'losses' }>;

const MINUTE = '2026-01-01T00:00:'.length;
const SECONDS = '00.000'.length;
const NAME = /"([A-Za-z][\w -]*)":/y;
const COMMA = ','.charCodeAt(0);
const BRACE = '}'.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);

/** The losses in a line, and when they were logged; undefined for every other line. */
export function lossesIn(line: string): { time: number; event: LossesEvent } | undefined {
  const reader = new LineReader(line);
  if (!reader.takes('{"time":"')) return undefined;
  const time = reader.time();
  if (!reader.takes('Z","type":"losses","step":')) return undefined;
  const step = reader.number();
  if (!Number.isInteger(step) || step < 0 || step > 1e9 || !reader.takes(',"losses":{')) return undefined;
  const losses = reader.numbers(lossNames);
  const measures = reader.takes(',"measures":{') ? reader.numbers(measureNames) : undefined;
  if (!losses || Number.isNaN(time) || !reader.takes('}') || !reader.isAtEnd) return undefined;
  return { time, event: { type: 'losses', step, losses, ...(measures && { measures }) } };
}

/** The names in the line before, in their order, each also as it stands in a line. */
type Names = { name: string; text: string }[];
const lossNames: Names = [];
const measureNames: Names = [];
/** Neighbouring lines were written within the same minute. */
let minuteBefore = { text: '', milliseconds: NaN };

class LineReader {
  private readonly line: string;
  private at = 0;

  constructor(line: string) {
    this.line = line;
  }

  get isAtEnd(): boolean {
    return this.at === this.line.length;
  }

  /** Goes on behind the text, if that comes next. */
  takes(text: string): boolean {
    if (!this.line.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Milliseconds since 1970; NaN where what comes next is no time as `toISOString` writes it, without the Z. */
  time(): number {
    const { line, at } = this;
    if (!line.startsWith(minuteBefore.text, at) || minuteBefore.text === '') {
      const text = line.slice(at, at + MINUTE);
      minuteBefore = { text, milliseconds: Date.parse(`${text}00.000Z`) };
    }
    this.at += MINUTE + SECONDS;
    const seconds = Number(line.slice(at + MINUTE, this.at));
    return seconds >= 0 && seconds < 60 ? minuteBefore.milliseconds + seconds * 1000 : NaN;
  }

  /** NaN where what comes next is no number. */
  number(): number {
    const { line, at } = this;
    let end = at;
    for (let sign = line.charCodeAt(end); sign !== COMMA && sign !== BRACE && end < line.length;)
      sign = line.charCodeAt(++end);
    this.at = end;
    const first = line.charCodeAt(at);
    return first === MINUS || (first >= ZERO && first <= NINE) ? Number(line.slice(at, end)) : NaN;
  }

  /** By name, and the brace behind them; undefined where something else comes. */
  numbers(names: Names): Record<string, number> | undefined {
    const numbers: Record<string, number> = {};
    for (let index = 0; !this.takes('}'); index++) {
      if (index > 0 && !this.takes(',')) return undefined;
      const name = this.name(names, index);
      const number = name === undefined ? NaN : this.number();
      if (name === undefined || !Number.isFinite(number)) return undefined;
      numbers[name] = number;
    }
    return numbers;
  }

  private name(names: Names, index: number): string | undefined {
    const before = names[index];
    if (before && this.takes(before.text)) return before.name;
    NAME.lastIndex = this.at;
    const [text, name] = NAME.exec(this.line) ?? [];
    if (text === undefined || name === undefined || !this.takes(text)) return undefined;
    names[index] = { name, text };
    return name;
  }
}
