/** The names of the reasons for which files are left out, and of the notes on files. */
import type { LeftOutReason, NoteKind } from '#main/contract/index.ts';

export const REASONS: Record<LeftOutReason, string> = {
  'not-an-image': 'Not a picture',
  'unsupported': 'Not supported',
  'damaged': 'Damaged',
  'too-small': 'Too small',
  'too-large': 'Too large',
  'too-slow': 'Took too long to decode',
  'crashed': 'Broke the decoder',
  'unreadable': 'Cannot be read',
  'link-loop': 'Link that leads back',
  'link-out': 'Link that leads to too many files',
  'run': 'Part of a run of GAN Studio',
  'archive': 'Archive not read',
  'no-class': 'Without a class',
};

export const NOTES: Record<NoteKind, string> = {
  'one-of-several': 'One picture of several',
  'profile': 'Colour profile not used',
  'small-range': 'Dark, or nearly one colour',
  'perhaps-cut': 'May be cut short',
  'small': 'Small: will look blurred',
  'linked': 'Reached by a link',
  'empty-class': 'Folder without pictures',
  'no-such-file': 'Label without a picture',
};
