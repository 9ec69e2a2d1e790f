import { osteonError } from "@osteon/errors";

/** A size known when the graph is built, or the name of one that is known only when it runs (`"batch"`). */
export type Dimension = number | string;
export type Shape = readonly Dimension[];

/** Shape of an elementwise operation of `a` and `b`, by ONNX's (NumPy's) rules of broadcasting. */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => {
    const left = a[k - rank + a.length] ?? 1;
    const right = b[k - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw shapeError(operation, a, b);
  });
}

export function isSameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, k) => size === b[k]);
}

/** Number of elements; throws `network.unknown-size` where a dimension has a name instead of a size. */
export function countElements(shape: Shape): number {
  return shape.reduce<number>((product, size) => {
    if (typeof size === "string") throw osteonError("network.unknown-size", { dimension: size });
    return product * size;
  }, 1);
}

/** Axis counted from the front; a negative one counts from the back. */
export function normaliseAxis(operation: string, shape: Shape, axis: number): number {
  const normal = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= shape.length) {
    throw osteonError("network.shape", { operation, shapes: `${formatShape(shape)}, axis ${axis}` });
  }
  return normal;
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function shapeError(operation: string, ...shapes: readonly Shape[]) {
  return osteonError("network.shape", { operation, shapes: shapes.map(formatShape).join(" and ") });
}
