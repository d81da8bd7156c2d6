/**
 * Arranges the images of a batch so that they are as large as a box allows: named rows become columns, or
 * stand side by side, if that makes the images larger.
 */
import { laidOut, snapped, type Layout, type Spot } from './draw-images.ts';

/**
 * The box of a row's name, in device pixels: to the left of the row, or above it if the row has become a
 * column.
 */
export type LabelBox = { left: number; top: number; width: number; height: number; side: 'left' | 'top' };

export type FilledLayout = Layout & { labels: readonly LabelBox[] };

/**
 * A box of `width` × `height` CSS pixels for `count` images of `size` pixels a side; `density`: device pixels
 * to one.
 */
export type Box = { count: number; size: number; width: number; height: number; density: number };

/**
 * Names of rows, which all have the same number of images; `labelWidth`: CSS pixels that the longest name
 * takes.
 */
export type NamedRows = { names: readonly string[]; labelWidth: number };

/** CSS pixels between two images, between blocks of rows, and beside or below a name. */
const GAP = 2;
const BLOCK_GAP = 14;
const LABEL_GAP = 8;
/** Height of a line of text, in CSS pixels. */
const LINE = 18;
/** Rows stay rows, one below the other, unless another arrangement makes the images larger by this factor. */
const WORTH_TURNING = 1.05;

/** The last row is full, unless a gap in it makes the images larger by this factor. */
const WORTH_GAPS = 1.2;

/** Arranges images without names, in the number of columns that makes them largest, full rows preferred. */
export function fillBox(box: Box): FilledLayout {
  const { count, size, width, height, density } = box;
  const gap = Math.max(1, Math.round(GAP * density));
  let best = { cell: 0, columns: 1, empty: Infinity, worth: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const room = Math.min(
      (width * density - gap * (columns - 1)) / columns,
      (height * density - gap * (rows - 1)) / rows,
    );
    const cell = snapped(room, size);
    const empty = columns * rows - count;
    const worth = empty > 0 ? cell / WORTH_GAPS : cell;
    if (worth > best.worth || (worth === best.worth && empty < best.empty))
      best = { cell, columns, empty, worth };
  }
  return { ...laidOut({ count, columns: best.columns, gap, cell: best.cell }), labels: [] };
}

/**
 * Arranges named rows so that their images are as large as possible; `count` must be a multiple of the rows.
 */
export function fillBoxWithRows(box: Box, rows: NamedRows): FilledLayout {
  const { names } = rows;
  // Rows that share a name belong together, and stay one below the other.
  const most = new Set(names).size === names.length ? names.length : 1;
  const all = Array.from({ length: most }, (_, blocks) => blocks + 1).flatMap((blocks) => [
    sized(box, inBlocks(box, rows, blocks)),
    sized(box, inColumns(box, rows, blocks)),
  ]);
  const [plain] = all;
  const largest = all.reduce((best, each) => (each.cell > best.cell ? each : best));
  return placed(plain && largest.cell < plain.cell * WORTH_TURNING ? plain : largest, names.length);
}

/** Rows in one or more blocks; lengths in device pixels. */
type Arrangement = {
  side: LabelBox['side'];
  /** Images in a row. */
  each: number;
  /** Rows in a block. */
  perBlock: number;
  blocks: number;
  gap: number;
  blockGap: number;
  /** Room for the name of a row: its width at the left, its height above. */
  label: number;
};
/** With the length of an image's edge, in device pixels. */
type Sized = Arrangement & { cell: number };

function inBlocks({ count, width, density }: Box, { names, labelWidth }: NamedRows, blocks: number) {
  const label = Math.min(labelWidth + LABEL_GAP, 0.3 * (width / blocks)) * density;
  return arrangement({ side: 'left', rows: names.length, count, blocks, label, density });
}

function inColumns({ count, density }: Box, { names }: NamedRows, blocks: number) {
  return arrangement({ side: 'top', rows: names.length, count, blocks, label: LINE * density, density });
}

function arrangement({
  side,
  rows,
  count,
  blocks,
  label,
  density,
}: {
  side: LabelBox['side'];
  rows: number;
  count: number;
  blocks: number;
  label: number;
  density: number;
}): Arrangement {
  return {
    side,
    each: Math.max(1, Math.floor(count / rows)),
    perBlock: Math.ceil(rows / blocks),
    blocks,
    gap: Math.max(1, Math.round(GAP * density)),
    blockGap: Math.round(BLOCK_GAP * density),
    label: Math.round(label),
  };
}

/** Fits images to the box. Blocks stand side by side if names are at the left, else one below the other. */
function sized({ size, width, height, density }: Box, way: Arrangement): Sized {
  const { side, each, perBlock, blocks, gap, blockGap, label } = way;
  const [along, across] = side === 'left' ? [width, height] : [height, width];
  const taken = blocks * (label + (each - 1) * gap) + (blocks - 1) * blockGap;
  const room = Math.min(
    (along * density - taken) / (blocks * each),
    (across * density - (perBlock - 1) * gap) / perBlock,
  );
  return { ...way, cell: snapped(Math.max(1, room), size) };
}

function placed(way: Sized, rows: number): FilledLayout {
  const { side, each, perBlock, blocks, gap, blockGap, label, cell } = way;
  const step = cell + gap;
  const block = label + each * step - gap + blockGap;
  const spots: Spot[] = [];
  const labels: LabelBox[] = [];
  for (let row = 0; row < rows; row++) {
    const along = Math.floor(row / perBlock) * block;
    const across = (row % perBlock) * step;
    if (side === 'left') labels.push({ side, left: along, top: across, width: label, height: cell });
    else labels.push({ side, left: across, top: along, width: cell, height: label });
    for (let i = 0; i < each; i++) {
      const start = along + label + i * step;
      spots.push(side === 'left' ? { x: start, y: across } : { x: across, y: start });
    }
  }
  const [long, wide] = [blocks * block - blockGap, perBlock * step - gap];
  return {
    ...(side === 'left'
      ? { columns: blocks * each, rows: perBlock }
      : { columns: perBlock, rows: blocks * each }),
    ...(side === 'left' ? { width: long, height: wide } : { width: wide, height: long }),
    cell,
    gap,
    spots,
    labels,
  };
}
