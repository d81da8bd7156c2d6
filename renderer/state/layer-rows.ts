/** Rows about layers, gathered by the player that they belong to and by the block that they are in. */
import type { Role } from '#main/contract/index.ts';

/** `share`: the bar's length, up to 1. */
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

/** In their order: neighbours of one player are a group, and neighbours of one block within it too. */
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
