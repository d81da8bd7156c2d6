/** Changes of settings in the lab while it plays, in words and as marks on its curves. */
import type { Choice, Points, RunConfig } from '#main/contract/index.ts';
import type { ChartEvent } from '../parts/chart-events.ts';
import type { Settings } from './settings.svelte.ts';

type Names = Pick<Settings, 'entry'>;

const LAYOUTS: Record<Points['layout'], string> = {
  ring: 'ring',
  grid: 'grid',
  blobs: 'blobs',
  spiral: 'spiral',
  own: 'your own',
};
/** More changes at once than this are only counted. */
const MOST_NAMED = 2;

/** The most marks that the curves have room for. */
const MOST_MARKS = 12;

/** The marks with one more. It replaces a last mark with the same text, as while a person draws points. */
export function withMark(marks: readonly ChartEvent[], mark: ChartEvent): ChartEvent[] {
  if (mark.text === '') return [...marks];
  const kept = marks.at(-1)?.text === mark.text ? marks.slice(0, -1) : marks;
  return [...kept, mark].slice(-MOST_MARKS);
}

/**
 * "Loss: Hinge", "Batch: 128, learning rate of D: 0.02"; empty if nothing has changed that matters in the
 * lab.
 */
export function changeWords(before: RunConfig, after: RunConfig, names: Names): string {
  const changes = [
    ...choiceWords('GAN', [before.gan, after.gan], (kind) => names.entry('gans', kind)?.label),
    ...choiceWords('Loss', [before.loss, after.loss], (kind) => names.entry('losses', kind)?.label),
    ...stabiliserWords(before, after, names),
    ...choiceWords(
      'Optimiser',
      [before.optimizer, after.optimizer],
      (kind) => names.entry('optimizers', kind)?.label,
    ),
    ...numberWords(before, after),
    ...pointWords(before, after),
  ];
  const [first = '', ...others] = changes;
  if (changes.length > MOST_NAMED) return `${changes.length} settings changed`;
  return [first, ...others.map((text) => text.charAt(0).toLowerCase() + text.slice(1))].join(', ');
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function choiceWords(
  what: string,
  [before, after]: [Choice, Choice],
  labelOf: (kind: string) => string | undefined,
): string[] {
  if (before.kind !== after.kind) return [`${what}: ${labelOf(after.kind) ?? after.kind}`];
  return isSame(before.options, after.options) ? [] : [`${what} options`];
}

function stabiliserWords(before: RunConfig, after: RunConfig, names: Names): string[] {
  const labelOf = (kind: string): string => names.entry('stabilisers', kind)?.label ?? kind;
  const find = ({ stabilisers }: RunConfig, wanted: string) =>
    stabilisers.find(({ kind }) => kind === wanted);
  return [
    ...after.stabilisers.flatMap(({ kind, options }) => {
      const earlier = find(before, kind);
      if (!earlier) return [`With ${labelOf(kind)}`];
      return isSame(earlier.options, options) ? [] : [`${labelOf(kind)} options`];
    }),
    ...before.stabilisers.flatMap(({ kind }) => (find(after, kind) ? [] : [`Without ${labelOf(kind)}`])),
  ];
}

function numberWords(before: RunConfig, after: RunConfig): string[] {
  const [one, other] = [before.optimizer, after.optimizer];
  const rates = (['discriminator', 'generator'] as const).flatMap((side) =>
    one.learningRate[side] === other.learningRate[side]
      ? []
      : [`Learning rate of ${side === 'generator' ? 'G' : 'D'}: ${other.learningRate[side]}`],
  );
  return [
    ...rates,
    ...(isSame(one.schedule, other.schedule) ? [] : ['Learning rate schedule']),
    ...(before.batch === after.batch ? [] : [`Batch: ${after.batch}`]),
    ...(isSame(before.z, after.z) ? [] : [`Latent point: ${after.z.size}, ${after.z.distribution}`]),
    ...(isSame(before.turns, after.turns) ? [] : ['Update order']),
  ];
}

function pointWords(before: RunConfig, after: RunConfig): string[] {
  const [one, other] = [before.dataset.source, after.dataset.source];
  if (isSame(one, other) || other.kind !== 'points') return [];
  return [`Points: ${LAYOUTS[other.points.layout]}`];
}
