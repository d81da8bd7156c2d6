/** Numbers, durations and dates as people read them. */
import { expect, test } from 'vitest';
import {
  ago,
  count,
  dateTime,
  decimal,
  duration,
  loss,
  metric,
  plural,
  rate,
  reading,
  significant,
} from './format.ts';

test('durations name their two largest units', () => {
  expect([0, 59.4, 60, 125, 3600, 12_000, 86_400, 190_000].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '2 min 5 s',
    '1 h',
    '3 h 20 min',
    '1 d',
    '2 d 4 h',
  ]);
  expect(duration(Infinity)).toBe('–');
});

test('counts are grouped and nouns agree', () => {
  expect(count(12_345)).toBe('12,345');
  expect(plural(1, 'image')).toBe('1 image');
  expect(plural(2000, 'image')).toBe('2,000 images');
});

test('a loss that is NaN or infinite says so', () => {
  expect([0.69314, 12.3456, 0, 0.00001, NaN, Infinity].map(loss)).toEqual([
    '0.6931',
    '12.35',
    '0.0000',
    '1.000e−5',
    'NaN',
    '∞',
  ]);
});

test('slow speeds keep a decimal', () => {
  expect(rate(3.14159)).toBe('3.1');
  expect(rate(786.4)).toBe('786');
});

test('recent times are relative', () => {
  const now = Date.UTC(2024, 5, 1);
  expect(ago(now - 30_000, now)).toBe('just now');
  expect(ago(now - 5 * 60_000, now)).toBe('5 min ago');
  expect(ago(now - 3 * 3_600_000, now)).toBe('3 h ago');
  expect(ago(now - 40 * 86_400_000, now)).toBe('22 Apr 2024');
});

test('dates are British, the day before the month', () => {
  expect(dateTime(new Date(2026, 10, 3, 14, 5).getTime())).toBe('3 Nov 2026, 14:05');
});

test('negative numbers have a real minus', () => {
  expect([
    loss(-0.5),
    loss(-0.00001),
    reading(-1.2345),
    metric(-3, 'dB'),
    count(-1200),
    decimal(-0.25, 2),
    significant(-12.345, 3),
  ]).toEqual(['−0.5000', '−1.000e−5', '−1.23', '−3 dB', '−1,200', '−0.25', '−12.3']);
  expect(metric(0.5, 'images-a-second')).toBe('0.5 images-a-second');
  expect([1170.4, 0.7, 85.42, 0.000123].map((value) => metric(value, ''))).toEqual([
    '1,170',
    '0.7',
    '85.4',
    '1.23e−4',
  ]);
});

test('a loss that is read while it changes has three digits', () => {
  expect([0.69314, 1.38629, 12.3456, 123.456, 12_345.6, 0, 0.00001234, NaN].map(reading)).toEqual([
    '0.693',
    '1.39',
    '12.3',
    '123',
    '12,346',
    '0.000',
    '1.2e−5',
    'NaN',
  ]);
});
