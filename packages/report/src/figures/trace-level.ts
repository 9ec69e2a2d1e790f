/** Paths in cells of a grid: point (column, row) is the centre of a bin. */
export interface LevelPaths {
  /** The region at or above the level, closed. */
  readonly region: string;
  /** Its edge. */
  readonly edge: string;
}

type Point = readonly [x: number, y: number];

/**
 * Traces a level of a square grid, cell by cell with linear interpolation along the cells' sides
 * (marching squares; Lorensen and Cline 1987 in two dimensions).
 *
 * @param values side × side, row-major
 */
export function traceLevel(values: readonly number[], side: number, level: number): LevelPaths {
  const padded = (column: number, row: number) =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : values[row * side + column]!;
  let region = "";
  let edge = "";
  // From −1 on: a region that touches the border closes just outside it.
  for (let row = -1; row < side; row++) {
    for (let column = -1; column < side; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const heights = corners.map(([x, y]) => padded(x, y));
      if (heights.every((value) => value < level)) continue;
      const outline: Point[] = [];
      const leaves: Point[] = [];
      const enters: Point[] = [];
      corners.forEach((corner, k) => {
        const next = (k + 1) % 4;
        const inside = heights[k]! >= level;
        if (inside) outline.push(corner);
        if (inside === heights[next]! >= level) return;
        const share = (level - heights[k]!) / (heights[next]! - heights[k]!);
        const crossing = interpolate(corner, corners[next]!, share);
        outline.push(crossing);
        (inside ? leaves : enters).push(crossing);
      });
      region += `M${outline.map(formatPoint).join("L")}Z`;
      // Where the walk starts outside, the first entry belongs to the last departure.
      const shift = heights[0]! >= level ? 0 : 1;
      leaves.forEach((point, k) => {
        edge += `M${formatPoint(point)}L${formatPoint(enters[(k + shift) % enters.length]!)}`;
      });
    }
  }
  return { region, edge };
}

/** Level above which the densest bins hold a share of the whole. */
export function findLevel(values: readonly number[], share: number): number {
  const falling = values.toSorted((a, b) => b - a);
  const total = falling.reduce((sum, value) => sum + value, 0);
  let held = 0;
  for (const value of falling) {
    held += value;
    if (held >= share * total) return value;
  }
  return falling.at(-1) ?? 0;
}

function interpolate([x1, y1]: Point, [x2, y2]: Point, share: number): Point {
  return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
}

function formatPoint([x, y]: Point): string {
  return `${Math.round(x * 100) / 100 + 0.5} ${Math.round(y * 100) / 100 + 0.5}`;
}
