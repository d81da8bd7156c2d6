/** The terms of the glossary that are about how good a generator is. */
import type { Term } from './glossary-term.ts';

export const QUALITY_TERMS: readonly Term[] = [
  {
    term: 'Best checkpoint',
    text: 'The checkpoint whose pictures score best by the chosen metric. It stays on disk, and a run can be opened at it.',
    related: ['Checkpoint', 'Metric', 'KID'],
  },
  {
    term: 'Copy',
    text: 'A generated picture that is nearer to one picture of the data than even held-out pictures are. Many copies mean that the generator reproduces its data.',
    related: ['Held-out pictures', 'Metric', 'Overfitting'],
  },
  {
    term: 'Coverage',
    text: 'The share of pictures of the data that have a generated one near them. It is low where the generator leaves kinds of pictures out.',
    related: ['Recall', 'Density', 'Metric'],
  },
  {
    term: 'Density',
    text: 'How many pictures of the data each generated one is near to, on average. About 1 is as dense as the data itself.',
    related: ['Coverage', 'Precision', 'Metric'],
  },
  {
    term: 'Health',
    text: 'Sentences about how a run is doing, such as “Getting better” or “D has won”, which written rules derive from its metrics.',
    related: ['Metric', 'Mode collapse'],
  },
  {
    term: 'Held-out pictures',
    text: 'Pictures of the data set that a run does not train on. Metrics compare with them to tell learning from copying.',
    related: ['Data set', 'Copy', 'Metric'],
  },
  {
    term: 'KID',
    text: 'Kernel Inception distance: how far generated pictures are from the data, in features of a trained network; about 0 where they cannot be told apart. It can be compared only with KID in features of the same network.',
    related: ['Metric', 'Precision', 'Best checkpoint'],
  },
  {
    term: 'Metric',
    text: 'A number that measures how good the generated pictures are, computed apart from the loss.',
    related: ['KID', 'Precision', 'Recall', 'Loss'],
  },
  {
    term: 'Precision',
    text: 'The share of generated pictures that look like the data. It falls when pictures are poor.',
    related: ['Recall', 'Density', 'Metric'],
  },
  {
    term: 'Recall',
    text: 'The share of the data that the generator could have made. It falls when the generator leaves kinds of pictures out.',
    related: ['Precision', 'Coverage', 'Metric'],
  },
  {
    term: 'Variety',
    text: 'How much generated pictures differ from each other. Near 0, the generator makes the same picture from every latent point.',
    related: ['Mode collapse', 'Metric'],
  },
];
