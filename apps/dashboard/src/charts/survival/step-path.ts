import { curveStepAfter, area, line } from "d3-shape";

/** A curve of steps: `values[k]` holds from `times[k]` until the next. */
export interface StepCurve {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export type Place = (value: number) => number;

/** The path of a step function. */
export function stepPath({ times, values }: StepCurve, x: Place, y: Place): string {
  const draw = line<number>()
    .x((_, k) => x(times[k]!))
    .y((value) => y(value))
    .curve(curveStepAfter)
    .digits(1);
  return draw([...values]) ?? "";
}

/** The path around what lies between two step functions of the same times. */
export function bandPath(
  times: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  x: Place,
  y: Place,
): string {
  const draw = area<number>()
    .x((_, k) => x(times[k]!))
    .y0((value) => y(value))
    .y1((_, k) => y(upper[k]!))
    .curve(curveStepAfter)
    .digits(1);
  return draw([...lower]) ?? "";
}
