/** Rows about layers, grouped by player and by block. */
import type { Role } from '#main/contract/index.ts';

/** A row of a table of layers; `share`: the length of its bar, from 0 to 1. */
export type LayerRow = {
  id: string;
  /** Heading of its player, such as "Generator (G)". */
  group: string;
  role: Role | undefined;
  block: string;
  layer: string;
  cells: string[];
  share: number;
};

export type LayerBlock = { id: string; block: string; rows: LayerRow[] };
export type LayerGroup = { group: string; role: Role | undefined; blocks: LayerBlock[] };

/**
 * The rows in groups and blocks, in their order: neighbouring rows of one player are a group, and so are
 * blocks in it.
 */
export function inGroups(rows: readonly LayerRow[]): LayerGroup[] {
  const groups: LayerGroup[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const group = last?.group === row.group ? last : { group: row.group, role: row.role, blocks: [] };
    if (group !== last) groups.push(group);
    const block = group.blocks.at(-1);
    if (block?.block === row.block) block.rows.push(row);
    else group.blocks.push({ id: row.id, block: row.block, rows: [row] });
  }
  return groups;
}
