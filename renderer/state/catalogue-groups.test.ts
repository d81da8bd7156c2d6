/** Entries of the catalogue are found by their own texts. */
import { expect, test } from 'vitest';
import type { Catalogue } from '#main/contract/index.ts';
import { groupsOf } from './catalogue-groups.ts';

const entry = (kind: string, title: string) => ({
  kind,
  label: kind.toUpperCase(),
  summary: `What ${kind} does.`,
  paper: { title, url: '' },
  options: {},
  explanation: { discriminator: '', generator: '', pseudocode: [] },
});
const catalogue: Catalogue = {
  gans: [{ ...entry('dcgan', 'Radford et al. 2016'), recommends: {}, phases: [], uses: [] }],
  losses: [entry('hinge', 'Lim and Ye 2017')],
  stabilisers: [entry('packing', 'Lin et al. 2018'), entry('ada', 'Karras et al. 2020')],
  optimizers: [entry('adam', 'Kingma and Ba 2015')],
  presets: [{ kind: 'fast', label: 'Fast look', summary: 'A narrow DCGAN with Adam.', recommends: {} }],
  metrics: [],
};
const found = (query: string) =>
  groupsOf(catalogue, query).map(({ part, entries }) => [part, ...entries.map(({ kind }) => kind)]);

test('without a search all groups are there, each in its own order', () => {
  expect(found('')).toEqual([
    ['gans', 'dcgan'],
    ['losses', 'hinge'],
    ['stabilisers', 'packing', 'ada'],
    ['optimizers', 'adam'],
    ['presets', 'fast'],
  ]);
});

test('every word must occur, in the name, the summary or the paper; empty groups are left out', () => {
  expect(found('KARRAS does')).toEqual([['stabilisers', 'ada']]);
  expect(found('20 li')).toEqual([
    ['losses', 'hinge'],
    ['stabilisers', 'packing'],
  ]);
  expect(found('nothing of the kind')).toEqual([]);
});

test('optimisers and presets are found too', () => {
  expect(found('adam')).toEqual([
    ['optimizers', 'adam'],
    ['presets', 'fast'],
  ]);
});
