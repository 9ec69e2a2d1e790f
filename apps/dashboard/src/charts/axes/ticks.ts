import { scaleLinear } from "d3-scale";

/** Round numbers within a range, about as many as asked for. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  return scaleLinear([from, to], [0, 1]).ticks(count);
}

/** The same of whole numbers alone, for what is counted. */
export function wholeTicks(from: number, to: number, count: number): readonly number[] {
  return ticks(from, to, count).filter(Number.isInteger);
}
