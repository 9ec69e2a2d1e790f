/** Round numbers from 0 on, at most seven, that cover a range. */
export function chooseTicks(maximum: number, most = 6): number[] {
  const raw = maximum / most;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 3, 5, 10]
    .map((factor) => factor * magnitude)
    .find((candidate) => candidate >= raw * (1 - 1e-9))!;
  // What lies beyond the last tick by rounding alone gets no tick of its own.
  const count = Math.min(most, Math.ceil(maximum / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, k) => Number((k * step).toPrecision(12)));
}
