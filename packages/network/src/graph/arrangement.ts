import { makeExpression, type Expression } from "./expression.ts";
import { normaliseAxis, shapeError } from "./shape.ts";

/** Tensors end to end along one axis; their other axes agree, and that axis has known sizes. */
export function concatenate(parts: readonly Expression[], axis = -1): Expression {
  const first = parts[0];
  if (!first) throw shapeError("concatenate", []);
  const at = normaliseAxis("concatenate", first.shape, axis);
  let length = 0;
  for (const { shape } of parts) {
    const size = shape[at];
    const agrees = shape.length === first.shape.length && shape.every((d, k) => k === at || d === first.shape[k]);
    if (!agrees || typeof size !== "number") throw shapeError("concatenate", first.shape, shape);
    length += size;
  }
  return makeExpression("Concat", parts, first.shape.with(at, length), { axis: at });
}

/** Elements start … end − 1 of one axis of known size. */
export function slice(x: Expression, start: number, end: number, axis = -1): Expression {
  const at = normaliseAxis("slice", x.shape, axis);
  const size = x.shape[at];
  const valid = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end;
  if (typeof size !== "number" || !valid || end > size) throw shapeError("slice", x.shape, [start, end]);
  return makeExpression("Slice", [x], x.shape.with(at, end - start), { axis: at, start, end });
}

/** `before` and `after` zeros at the two ends of one axis of known size: what slicing left out. */
export function pad(x: Expression, before: number, after: number, axis = -1): Expression {
  const at = normaliseAxis("pad", x.shape, axis);
  const size = x.shape[at];
  const valid = Number.isInteger(before) && Number.isInteger(after) && before >= 0 && after >= 0;
  if (typeof size !== "number" || !valid) throw shapeError("pad", x.shape, [before, after]);
  if (before + after === 0) return x;
  return makeExpression("Pad", [x], x.shape.with(at, before + size + after), { axis: at, before, after });
}
