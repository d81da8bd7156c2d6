/** Writes docs/quality.md: the results of the quality bench as tables, and conclusions. */
import { FALSE_COPIES } from '../metrics/index.ts';
import { mean, standardDeviation } from './mean.ts';
import type { Result } from './quality-record.ts';
import { ROWS } from './quality-rows.ts';
import { SETS, type SetName } from './quality-sets.ts';

const SET_WORDS: Record<SetName, string> = {
  'digits': 'Digits (32 px, grey)',
  'emoji': '500 emoji of Twitter (64 px), on which presets were tuned',
  'other-emoji': '500 emoji of Google (64 px), which tuning never saw',
};

/** The presets, and what each is compared with: its earlier settings, and peers. */
const COMPARED = [
  { row: 'few-pictures', label: '‘Few pictures’', before: 'few-pictures-before' },
  { row: 'all-round', label: '‘All-round’', before: 'all-round-before' },
];
const PEERS = ['pytorch-dcgan', 'pytorch-small'];
/** The aim: a KID at most this share of the earlier one. */
const AIM = 0.75;
const MOST_CHEQUERING = 2;

/** The results of one row on one set, one for each seed. */
type Group = [Result, ...Result[]];

const HEAD = `# Quality after the same processor time

This page is written by \`npm run -s bench -- quality\` from docs/quality.json. Every row trains with one thread until
it has used the same processor time; then the same metrics judge 500 of its samples against 500 pictures that nobody trained on.
The rows named pytorch are programs in PyTorch, as wide as the network of ours that they stand for (\`main/bench/peer_quality.py\`).

- **KID × 1000** and **Fréchet**: how far samples are from the pictures held out, in features of EfficientNet-Lite0; lower is better. Neither can be compared
  with published figures. ± is the standard error of one seed, or the deviation between seeds where there are several.
- **Precision**: how many samples look like pictures of the set. **Recall**: how many pictures of the set look like samples.
- **Variety**: the mean distance between two samples; read it beside that of real pictures.
- **Copies**: samples nearer to a picture trained on than ${100 * (1 - FALSE_COPIES)}% of the held-out ones are; about ${FALSE_COPIES} means that nothing is copied.
- **Chequering**: the largest peak of the spectrum at periods of 2, 4 and 8 pixels, as a multiple of what is beside it.
`;

const LEARNT = `## What was learnt while tuning

Tuning used one seed and the first set of emoji; rows that were tried for two minutes only are in the table of that time.

- **Steps count for more than width.** With half the channels and smaller batches DCGAN takes several times the steps in the same time, and
  precision, recall and the Fréchet distance gain. Batches of 8 are too small: the small-data GAN does worse with them.
- **Repeating and convolving pixels in one operation** (\`smooth\`) leaves no chequered pattern, and costs no more than a transposed convolution; as two
  operations it costs more. With it, the small-data GAN takes more steps.
- **DiffAugment** raises precision and lowers the Fréchet distance. On emoji KID gains little and samples have white spots early in training. On digits, which were
  tried last, it is decisive: without it (all-round-plain) specks stay beside the strokes, and a lower learning rate alone (dcgan-32-slow) removes only some. So ‘All-round’ has it, too.
- **Hinge loss with spectral norm** lowered both distances in DCGAN, and made it chequered.
- **Did not help in this time:** logits of patches, a spectral scale of 1.4, a width of 12 in the small-data GAN.
- **What limits KID:** its term that compares samples with each other. Samples share blots and spots, so they are more alike than real pictures are, while they are
  about as near to real pictures as these are to each other. Removing fine noise, blurring, or making the background quite white does not lower it: only better shapes
  would, and those take more than five minutes of one thread. Where KID misses its aim, read the Fréchet distance and precision beside it.
`;

/** The page in Markdown; the same results give the same text. */
export function qualityPage(results: readonly Result[]): string {
  const minutes = [...new Set(results.map((each) => each.minutes))].sort((a, b) => b - a);
  const parts = minutes.flatMap((each) => [
    `## ${each} minutes`,
    ...SETS.flatMap((set) => {
      const groups = groupsOf(results.filter((result) => result.minutes === each && result.set === set));
      return groups.length === 0 ? [] : [`### ${SET_WORDS[set]}`, table(groups), ...conclusions(groups)];
    }),
  ]);
  return [HEAD.trim(), ...parts, LEARNT.trim()].join('\n\n') + '\n';
}

/** The results by row and settings, in the order of the rows; rows that no longer exist come last. */
function groupsOf(results: Result[]): Group[] {
  const groups = new Map<string, Group>();
  for (const result of results) {
    const key = `${result.row} ${result.settings}`;
    const before = groups.get(key);
    if (before) before.push(result);
    else groups.set(key, [result]);
  }
  const indexOf = ([{ row }]: Group) => {
    const found = ROWS.findIndex((each) => each.row === row);
    return found < 0 ? ROWS.length : found;
  };
  return [...groups.values()].sort((a, b) => indexOf(a) - indexOf(b));
}

const COLUMNS: { title: string; cell: (group: Group) => string }[] = [
  { title: 'row', cell: ([{ row }]) => row },
  { title: 'what it is', cell: ([{ row }]) => ROWS.find((each) => each.row === row)?.about ?? '' },
  { title: 'seeds', cell: (group) => String(group.length) },
  { title: 'steps', cell: (group) => meanWords(group, ({ steps }) => steps) },
  { title: 'MB', cell: (group) => meanWords(group, ({ memoryMB }) => memoryMB) },
  {
    title: 'KID × 1000',
    cell: (group) => `${Math.round(meanOf(group, 'kid'))} ± ${Math.round(errorOf(group))}`,
  },
  { title: 'Fréchet', cell: (group) => String(Math.round(meanOf(group, 'frechet'))) },
  { title: 'precision', cell: (group) => meanOf(group, 'precision').toFixed(2) },
  { title: 'recall', cell: (group) => meanOf(group, 'recall').toFixed(2) },
  { title: 'variety', cell: (group) => meanOf(group, 'variety').toFixed(1) },
  { title: 'copies', cell: (group) => meanOf(group, 'copies').toFixed(2) },
  { title: 'chequering', cell: (group) => meanOf(group, 'chequering').toFixed(1) },
];

function table(groups: Group[]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(COLUMNS.map(({ title }) => title)),
    line(COLUMNS.map(() => '---')),
    ...groups.map((group) => line(COLUMNS.map(({ cell }) => cell(group)))),
  ].join('\n');
}

/**
 * A line for each preset on whether it reached its aim; none if it or its earlier settings were not measured.
 */
function conclusions(groups: Group[]): string[] {
  const named = (row: string) => groups.filter(([each]) => each.row === row).flat();
  const real = named('real');
  const peers = PEERS.map(named).filter((peer) => peer.length > 0);
  const lines = COMPARED.flatMap(({ row, label, before }) => {
    const [now, then] = [named(row), named(before)];
    const share = kidBeside(now, then);
    if (share === undefined) return [];
    const beside = Math.max(...peers.flatMap((peer) => kidBeside(now, peer) ?? []));
    return [
      `- ${label}: its KID is ${share.toFixed(2)} of what it was (aim: ${AIM}, ${reachedInWords(share <= AIM)})` +
        (Number.isFinite(beside)
          ? `, and ${beside.toFixed(2)} of the better peer’s (${reachedInWords(beside < 1)}).`
          : '.') +
        (real.length > 0 ? ` ${chequeringWords(now, real)}` : ''),
    ];
  });
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** The KID of one row divided by another's, over the seeds that both have; undefined if they share none. */
function kidBeside(now: Result[], other: Result[]): number | undefined {
  const shared = (results: Result[], by: Result[]) =>
    results.filter(({ seed }) => by.some((each) => each.seed === seed));
  const [mine, theirs] = [shared(now, other), shared(other, now)];
  return mine.length > 0 ? meanOf(mine, 'kid') / meanOf(theirs, 'kid') : undefined;
}

function chequeringWords(now: Result[], real: Result[]): string {
  const times = meanOf(now, 'chequering') / meanOf(real, 'chequering');
  return `Its chequering is ${times.toFixed(1)} times that of real pictures (aim: ${MOST_CHEQUERING} at most, ${reachedInWords(times <= MOST_CHEQUERING)}).`;
}

const reachedInWords = (isReached: boolean): string => (isReached ? 'reached' : 'missed');

type Numeric = 'kid' | 'frechet' | 'precision' | 'recall' | 'variety' | 'copies' | 'chequering';

const meanOf = (results: Result[], score: Numeric): number => mean(results.map((each) => each[score]));

/** The standard error of a single seed; the standard deviation of several. */
function errorOf(group: Group): number {
  if (group.length === 1) return group[0].kidError;
  return standardDeviation(group.map(({ kid }) => kid));
}

function meanWords(group: Group, valueOf: (result: Result) => number | undefined): string {
  const values = group.flatMap((result) => valueOf(result) ?? []);
  return values.length === 0 ? '–' : String(Math.round(mean(values)));
}
