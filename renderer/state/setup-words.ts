/** The data of a new run, and the time that it will take, in words. */
import { FEWEST_TO_HOLD_OUT_OF, shareHeldOut, type DatasetSummary } from '#main/contract/index.ts';
import { count, plural } from '../parts/format.ts';

/** A data set in words: "your 290 pictures", "your 300 pictures in 5 classes", "these points". */
export function dataInWords({ source, count: pictures, classes }: DatasetSummary): string {
  if (source.kind === 'points') return 'these points';
  const whose = source.kind === 'built-in' ? 'these' : 'your';
  const inClasses = classes.length > 1 ? ` in ${count(classes.length)} classes` : '';
  return `${whose} ${plural(pictures, 'picture')}${inClasses}`;
}

/**
 * About how many pictures a run holds out if this share is asked for, which a random draw decides exactly.
 * Undefined for points, and if the share is NaN or negative.
 */
export function heldOutInWords(
  { source, count: pictures }: DatasetSummary,
  asked: number,
): string | undefined {
  if (source.kind === 'points' || !(asked >= 0)) return undefined;
  const heldOut = Math.round(pictures * shareHeldOut(asked, pictures));
  if (heldOut > 0)
    return `About ${count(heldOut)} of ${count(pictures)} pictures are held out: never trained on, so that metrics can tell copies.`;
  if (asked > 0 && pictures < FEWEST_TO_HOLD_OUT_OF)
    return `None is held out for metrics, since there are fewer than ${count(FEWEST_TO_HOLD_OUT_OF)} pictures.`;
  return 'No picture is held out for metrics: all are trained on.';
}

/** Seconds, rounded as for something that is not known exactly: "45 s", "12 min", "5 h 30 min". */
export function roughly(seconds: number): string {
  if (seconds < 55) return `${Math.max(5, 5 * Math.round(seconds / 5))} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  const rounded = minutes < 600 ? 5 * Math.round(minutes / 5) : 30 * Math.round(minutes / 30);
  const [hours, rest] = [Math.floor(rounded / 60), rounded % 60];
  if (hours >= 48) return plural(Math.round(hours / 24), 'day');
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** A preset that takes longer than this, in seconds, has a hint to train for less. */
const LONG = 3600;

/** "About 12 min on this computer." */
export function timeInWords(seconds: number): string {
  return `About ${roughly(seconds)} on this computer.`;
}

/** A hint for steps that take longer than an hour; undefined if they do not. */
export function longInWords(seconds: number, steps: number): string | undefined {
  if (!(seconds > LONG)) return undefined;
  return `${plural(steps, 'step')} take about ${roughly(seconds)} on this computer. A shorter run can be trained longer afterwards.`;
}
