/** Rows about layers are grouped by player and block. */
import { expect, test } from 'vitest';
import { inGroups, type LayerRow } from './layer-rows.ts';

const row = (group: string, block: string, layer: string): LayerRow => ({
  id: `${group}/${block}/${layer}`,
  group,
  role: 'generator',
  block,
  layer,
  cells: [],
  share: 1,
});

test('layers of a player are together, and within them those of a block, in their order', () => {
  const groups = inGroups([
    row('D', 'Output', 'dense'),
    row('D', 'Block 1', 'norm'),
    row('D', 'Block 1', 'conv'),
    row('G', 'Block 1', 'norm'),
  ]);
  expect(
    groups.map(({ group, blocks }) => [
      group,
      ...blocks.map(({ block, rows }) => [block, ...rows.map(({ layer }) => layer)]),
    ]),
  ).toEqual([
    ['D', ['Output', 'dense'], ['Block 1', 'norm', 'conv']],
    ['G', ['Block 1', 'norm']],
  ]);
  expect(inGroups([])).toEqual([]);
});
