/**
 * The point of (low, high) at which an increasing function changes its sign, by bisection to the last digit:
 * the largest double seen at which `value` is not above 0, or `low`.
 */
export function solveIncreasing(value: (x: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle === below || middle === above) return below;
    if (value(middle) > 0) above = middle;
    else below = middle;
  }
}
