import { osteonError } from "@osteon/errors";
import { pad, slice } from "./arrangement.ts";
import { add, divide, multiply, negate, sigmoid, step, subtract } from "./elementwise.ts";
import { constant, sortTopologically, type Expression, type Operator } from "./expression.ts";
import { multiplyMatrices } from "./matrix.ts";
import { expandLike, reshape, sum } from "./reduction.ts";
import { countElements, formatShape, isSameShape } from "./shape.ts";

/**
 * Gradients of the inputs of `y` from the gradient of y. A gradient may be smaller than its tensor and then
 * stands for its broadcast: a scalar loss does not copy itself over a batch. Rules that need it whole expand it.
 */
type GradientRule = (gradient: Expression, y: Expression) => readonly (Expression | undefined)[];

const rules: Record<Exclude<Operator, "Input" | "Parameter" | "Constant">, GradientRule> = {
  Gemm: (gradient, y) => {
    const [a, b, bias] = y.inputs as [Expression, Expression, Expression?];
    const { transposeA, transposeB } = y.attributes as { transposeA: boolean; transposeB: boolean };
    const g = expandLike(gradient, y);
    return [
      transposeA
        ? multiplyMatrices(b, g, { transposeA: transposeB, transposeB: true })
        : multiplyMatrices(g, b, { transposeB: !transposeB }),
      transposeB
        ? multiplyMatrices(g, a, { transposeA: true, transposeB: transposeA })
        : multiplyMatrices(a, g, { transposeA: !transposeA }),
      bias && sum(g, { axes: [0] }),
    ];
  },
  Add: (g, y) => y.inputs.map((x) => sumTo(g, x, y)),
  Sub: (g, y) => [sumTo(g, y.inputs[0]!, y), sumTo(negate(g), y.inputs[1]!, y)],
  Mul: (g, y) => {
    const [a, b] = y.inputs as [Expression, Expression];
    // A square: one pass instead of two and their sum.
    if (a === b) return [multiply(multiply(g, 2), a), undefined];
    return [sumTo(multiply(g, b), a, y), sumTo(multiply(g, a), b, y)];
  },
  Div: (g, y) => {
    const [a, b] = y.inputs as [Expression, Expression];
    const quotient = divide(g, b);
    return [sumTo(quotient, a, y), sumTo(negate(multiply(quotient, y)), b, y)];
  },
  Neg: (g) => [negate(g)],
  Exp: (g, y) => [multiply(g, y)],
  Log: (g, y) => [divide(g, y.inputs[0]!)],
  Sqrt: (g, y) => [divide(multiply(g, 0.5), y)],
  Sigmoid: (g, y) => [multiply(g, multiply(y, subtract(1, y)))],
  Tanh: (g, y) => [multiply(g, subtract(1, multiply(y, y)))],
  Softplus: (g, y) => [multiply(g, sigmoid(y.inputs[0]!))],
  Relu: (g, y) => [multiply(g, step(y))],
  Step: () => [undefined],
  // The gradient keeps the reduced axes with size 1: it broadcasts as it is.
  ReduceSum: (g) => [g],
  ReduceMean: (g, y) => {
    const { shape } = y.inputs[0]!;
    return [multiply(g, 1 / countElements(y.attributes.axes!.map((axis) => shape[axis]!)))];
  },
  Expand: (g, y) => [sumTo(g, y.inputs[0]!, y), undefined],
  Concat: (gradient, y) => {
    const { axis } = y.attributes as { axis: number };
    const g = expandLike(gradient, y);
    let end = 0;
    return y.inputs.map(({ shape }) => slice(g, end, (end += shape[axis] as number), axis));
  },
  Slice: (g, y) => {
    const { axis, start, end } = y.attributes as { axis: number; start: number; end: number };
    return [pad(expandLike(g, y), start, (y.inputs[0]!.shape[axis] as number) - end, axis)];
  },
  Pad: (g, y) => {
    const { axis, before } = y.attributes as { axis: number; before: number };
    return [slice(expandLike(g, y), before, before + (y.inputs[0]!.shape[axis] as number), axis)];
  },
  Reshape: (g, y) => [reshape(expandLike(g, y), y.inputs[0]!.shape)],
};

/** Sums a gradient of `y` over the axes along which `x` was broadcast to it. */
function sumTo(gradient: Expression, x: Expression, y: Expression): Expression {
  if (isSameShape(x.shape, y.shape)) return gradient;
  const whole = expandLike(gradient, y);
  const extra = y.shape.length - x.shape.length;
  const axes = y.shape.flatMap((size, k) => (k < extra || (x.shape[k - extra] === 1 && size !== 1) ? [k] : []));
  return reshape(sum(whole, { axes, keepAxes: true }), x.shape);
}

/**
 * Gradients of a scalar with respect to each target, of the target's shape, by reverse-mode differentiation:
 * the result is made of the same operators, so it can be emitted, run and differentiated like any other.
 * Source: Griewank & Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapter 3.
 */
export function differentiate(scalar: Expression, targets: readonly Expression[]): Expression[] {
  if (!isSameShape(scalar.shape, [])) {
    throw osteonError("network.shape", { operation: "differentiate", shapes: formatShape(scalar.shape) });
  }
  const order = sortTopologically([scalar]);
  const depends = dependents(order, targets);
  const gradients = new Map<Expression, Expression>([[scalar, constant(1)]]);
  for (const y of order.toReversed()) {
    const gradient = gradients.get(y);
    if (!gradient || y.operator === "Input" || y.operator === "Parameter" || y.operator === "Constant") continue;
    const shares = rules[y.operator](gradient, y);
    y.inputs.forEach((x, k) => {
      const share = shares[k];
      if (!share || !depends.has(x)) return;
      const known = gradients.get(x);
      gradients.set(x, known ? add(known, share) : share);
    });
  }
  return targets.map((target) => {
    const gradient = gradients.get(target);
    if (!gradient) return constant(new Float32Array(countElements(target.shape)), target.shape as readonly number[]);
    return expandLike(gradient, target);
  });
}

function dependents(order: readonly Expression[], targets: readonly Expression[]): Set<Expression> {
  const found = new Set<Expression>(targets);
  for (const y of order) if (y.inputs.some((x) => found.has(x))) found.add(y);
  return found;
}

/** For tests: every operator that has a rule. */
export const differentiableOperators: readonly string[] = Object.keys(rules);
