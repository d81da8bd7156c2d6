/** Numbers and dates as people read them, spelt the same everywhere, whatever the system's language. */

/** British dates and spelling, and commas between thousands. */
const LOCALE = 'en-GB';

const grouped = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A number as text, with minus signs for its hyphens: "-1.5e-5" -> "−1.5e−5". */
export function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** 12345 -> "12,345". */
export function count(value: number): string {
  return withMinus(grouped.format(value));
}

/** With at most `most` decimals and no trailing zeros: 0.5 -> "0.5", -1200 -> "−1,200". */
export function decimal(value: number, most: number): string {
  return withMinus(value.toLocaleString(LOCALE, { maximumFractionDigits: most }));
}

/** With at most `most` significant digits. */
export function significant(value: number, most: number): string {
  return withMinus(value.toLocaleString(LOCALE, { maximumSignificantDigits: most }));
}

/** A fraction as a percentage of two significant digits: 0.05 -> "5%". */
export function percent(share: number): string {
  return `${significant(100 * share, 2)}%`;
}

/** Words that stay on one line, wherever the text around them breaks. */
export function unbroken(words: string): string {
  return words.replaceAll(' ', '\u00a0');
}

/** "1 image", "2,000 images". */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Seconds as "48 s", "12 min 5 s", "3 h 20 min" or "2 d 4 h"; a dash if negative, NaN or infinite. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A loss with about four significant digits; NaN and infinities are named. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000)) return withMinus(value.toExponential(3));
  return withMinus(value.toFixed(size < 10 ? 4 : size < 1000 ? 2 : 0));
}

/**
 * A loss that is read while it changes: three digits, with the same decimals for numbers of one magnitude.
 */
export function reading(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 100_000) return loss(value);
  if (size !== 0 && size < 0.001) return withMinus(value.toExponential(1));
  const text = size >= 100 ? count(value) : value.toFixed(size < 1 ? 3 : size < 10 ? 2 : 1);
  return withMinus(text);
}

/** A metric with three significant digits and its unit; a dash for undefined. */
export function metric(value: number | undefined, unit: string): string {
  if (value === undefined) return '–';
  if (!Number.isFinite(value)) return loss(value);
  const isTiny = value !== 0 && Math.abs(value) < 0.001;
  const shown = isTiny ? withMinus(value.toExponential(2)) : significant(value, 3);
  return unit === '' ? shown : `${shown} ${unit}`;
}

/** Images per second: one decimal below ten. */
export function rate(value: number): string {
  return value < 10 ? value.toFixed(1) : count(Math.round(value));
}

/** Milliseconds since 1970 as "just now", "5 min ago", "3 h ago" or a date. */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return new Date(then).toLocaleDateString(LOCALE, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** Milliseconds since 1970 as "3 Nov 2026, 14:05", in the time of this machine. */
export function dateTime(then: number): string {
  return new Date(then).toLocaleString(LOCALE, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
