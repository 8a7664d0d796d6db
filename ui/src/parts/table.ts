// The arithmetic of a long table: which columns fit, and which rows are in sight.

export type Column<T> = {
  key: string;
  head: string;
  /** Fixed width; the one column without it takes the rest and may be cut. */
  width?: number;
  /** How far it may grow where there is room. */
  most?: number;
  end?: boolean;
  /** Days, phone numbers: digits of one width. */
  num?: boolean;
  /** When room is short the lowest rank goes first; without one it stays. */
  rank?: number;
  /** Plain text; without it the table's cell snippet draws the cell. */
  text?: (row: T) => string;
  /** As a file has it: an exact amount, `2026-09-22`, digits. The rows can be sorted by it. */
  raw?: (row: T) => string;
  /** Stands in a file only: what a group's head says on the screen. */
  file?: true;
  sort?: (one: T, other: T) => number;
};

export const STRETCH_LEAST = 140;
export const GAP = 16;
/** However tall the window claims to be, no more rows than this are drawn. */
export const MOST_ROWS = 200;

/** The columns that fit into a width. */
export function fitting<T>(columns: Column<T>[], width: number, padding: number): Column<T>[] {
  let kept = columns;
  while (overflows(kept, width, padding)) {
    const ranks = kept.flatMap((column) => (column.rank === undefined ? [] : [column.rank]));
    if (ranks.length === 0) break;
    const lowest = Math.min(...ranks);
    kept = kept.filter((column) => column.rank !== lowest);
  }
  return kept;
}

/** Whether columns have no room beside each other. */
export function overflows<T>(columns: Column<T>[], width: number, padding: number): boolean {
  const widths = columns.reduce((sum, column) => sum + (column.width ?? STRETCH_LEAST), 0);
  return widths + GAP * (columns.length - 1) + padding * 2 > width;
}

/** Room for the longest of these amounts or counts: they are never cut and never run into each other. */
export function roomFor(texts: Iterable<string>, least: number): number {
  let longest = 0;
  for (const text of texts) longest = Math.max(longest, text.length);
  return Math.max(least, Math.ceil(longest * 7.3));
}

/** The same for states: a mark and small words. */
export const roomForState = (texts: string[], least: number): number => Math.max(least, 20 + Math.ceil(6.3 * Math.max(0, ...texts.map((text) => text.length))));

/** A column is as wide as its head at least: heads of another language are longer, and are not cut. */
export function withHead<T>(column: Column<T>): Column<T> {
  if (!column.width) return column;
  const width = Math.max(column.width, Math.ceil(column.head.length * 6.4));
  return { ...column, width, ...(column.most ? { most: Math.max(width, column.most) } : {}) };
}

/**
 * The column that takes the rest has its least before others grow; in a very small window, a share of it. Where
 * there is no room for those that must stay, words give way to amounts.
 */
export function template<T>(columns: Column<T>[], tight = false): string {
  return columns.map((column) => (tight && column.width && !column.end && !column.num ? `minmax(0, ${column.width}px)` : !column.width ? `minmax(min(${STRETCH_LEAST}px, 30%), 1fr)` : column.most ? `minmax(${column.width}px, ${column.most}px)` : `${column.width}px`)).join(" ");
}

/** Where each row begins, and at the end where the last one ends. */
export function offsets<T>(rows: T[], height: (row: T) => number): number[] {
  const found = [0];
  let at = 0;
  for (const row of rows) found.push((at += height(row)));
  return found;
}

/** The rows between two heights, from the first to before the last. */
export function inSight(starts: number[], top: number, bottom: number, spare: number): [number, number] {
  const count = starts.length - 1;
  const from = Math.max(0, lastAtOrBefore(starts, top) - spare);
  const to = Math.min(count, lastAtOrBefore(starts, bottom) + 1 + spare, from + MOST_ROWS);
  return [from, to];
}

function lastAtOrBefore(starts: number[], height: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows in another order; those of a group stay in it. */
export function sorted<T>(rows: T[], by: (one: T, other: T) => number, isGroup: (row: T) => boolean): T[] {
  const found: T[] = [];
  let run: T[] = [];
  for (const row of rows) {
    if (!isGroup(row)) { run.push(row); continue; }
    found.push(...run.sort(by), row);
    run = [];
  }
  return [...found, ...run.sort(by)];
}
