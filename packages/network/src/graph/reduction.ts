import { makeExpression, type Expression, type Operator } from "./expression.ts";
import { broadcastShapes, isSameShape, normaliseAxis, shapeError, type Shape } from "./shape.ts";

export interface ReductionOptions {
  /** Default: all axes. */
  readonly axes?: readonly number[];
  /** Keep reduced axes with size 1. Default: false. */
  readonly keepAxes?: boolean;
}

function reduce(operator: Operator, x: Expression, options: ReductionOptions): Expression {
  const axes = (options.axes ?? x.shape.map((_, k) => k))
    .map((axis) => normaliseAxis(operator, x.shape, axis))
    .toSorted((a, b) => a - b);
  if (new Set(axes).size !== axes.length) throw shapeError(operator, x.shape, axes);
  if (axes.length === 0) return x;
  const kept = x.shape.map((size, k) => (axes.includes(k) ? 1 : size));
  const reduced = makeExpression(operator, [x], kept, { axes });
  if (options.keepAxes) return reduced;
  return reshape(
    reduced,
    x.shape.filter((_, k) => !axes.includes(k)),
  );
}

export const sum = (x: Expression, options: ReductionOptions = {}) => reduce("ReduceSum", x, options);
export const mean = (x: Expression, options: ReductionOptions = {}) => reduce("ReduceMean", x, options);

/** The same elements in the same order in another shape; at most one dimension may have a name. */
export function reshape(x: Expression, shape: Shape): Expression {
  if (isSameShape(x.shape, shape)) return x;
  const product = (sizes: Shape) =>
    sizes.reduce<number>((all, size) => (typeof size === "number" ? all * size : all), 1);
  const names = (sizes: Shape) => sizes.filter((size) => typeof size === "string");
  const named = names(shape);
  if (product(x.shape) !== product(shape) || named.length > 1 || !isSameShape(names(x.shape), named)) {
    throw shapeError("reshape", x.shape, shape);
  }
  return makeExpression("Reshape", [x], shape);
}

/** Copies x along the axes where it has size 1 (or none) to the shape of `like`. */
export function expandLike(x: Expression, like: Expression): Expression {
  if (isSameShape(x.shape, like.shape)) return x;
  if (!isSameShape(broadcastShapes("expandLike", x.shape, like.shape), like.shape)) {
    throw shapeError("expandLike", x.shape, like.shape);
  }
  // `like` itself is wanted only where its shape is not known yet.
  const known = like.shape.every((size) => typeof size === "number");
  return makeExpression("Expand", known ? [x] : [x, like], like.shape);
}
