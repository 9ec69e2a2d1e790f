import {
  add,
  constant,
  countElements,
  divide,
  encodeGraph,
  multiply,
  multiplyMatrices,
  openSession,
  relu,
  slice,
  square,
  subtract,
  sum,
  type Arrays,
  type Expression,
  type Weights,
} from "@osteon/network";
import type { Denoising } from "./denoising-loss.ts";

/** Keeps the division of a dimension in which the network says nothing. */
const smallest = 1e-6;

/**
 * The held-out loss of a correction of which each dimension keeps the share that held-out patients confirm: the g of 0
 * to 1 for which g · F is nearest to its target, Σ F T / Σ F². With many dimensions of which few hold anything to
 * learn, a network is worse than none in the mean while it is right in those few. The share of one half of the
 * patients is applied to the other half, so that a share of chance gains nothing (cross-fitting; Chernozhukov et al.
 * 2018); the loss is that of F without shares where these are all 1, and at F = 0 that of the linear law.
 *
 * @param groups 0 or 1 for each row: which half its patient is in
 */
export function buildConfirmedLoss({ correction, target }: Denoising, groups: Float32Array): Expression {
  const [squares, products] = sumByGroup({ correction, target }, groups);
  const group = (x: Expression, k: number) => slice(x, k, k + 1, 0);
  const gain = (k: number) => {
    const share = sharesOf(group(squares, 1 - k), group(products, 1 - k));
    return sum(subtract(multiply(multiply(share, group(products, k)), 2), multiply(square(share), group(squares, k))));
  };
  const [rows, dimensions] = target.shape as readonly [number, number];
  return divide(subtract(sum(square(target)), add(gain(0), gain(1))), rows * dimensions);
}

/**
 * The confirmed share of each dimension, over all held-out rows.
 * @param fill writes them to the inputs of the denoising
 */
export async function measureConfirmedShares(
  { correction, target }: Denoising,
  weights: Weights,
  fill: (inputs: Arrays) => void,
): Promise<Float32Array> {
  const all = new Float32Array(target.shape[0] as number);
  const [squares, products] = sumByGroup({ correction, target }, all);
  const shares = sharesOf(slice(squares, 0, 1, 0), slice(products, 0, 1, 0));
  const graph = encodeGraph({ shares }, weights);
  const inputs = Object.fromEntries(
    graph.inputs.map(({ name, shape }) => [name, new Float32Array(countElements(shape))]),
  );
  fill(inputs);
  const session = await openSession(graph);
  try {
    return (await session.run(inputs))["shares"]!;
  } finally {
    await session.release();
  }
}

/** Σ F² and Σ F T by group, each [2, dimensions]. */
function sumByGroup(
  { correction, target }: Pick<Denoising, "correction" | "target">,
  groups: Float32Array,
): readonly [Expression, Expression] {
  const rows = groups.length;
  const membership = new Float32Array(2 * rows);
  groups.forEach((group, row) => (membership[group * rows + row] = 1));
  const select = constant(membership, [2, rows]);
  return [multiplyMatrices(select, square(correction)), multiplyMatrices(select, multiply(correction, target))];
}

/** Σ F T / Σ F² held within 0 and 1. */
function sharesOf(squares: Expression, products: Expression): Expression {
  const share = divide(relu(products), add(squares, smallest));
  return subtract(1, relu(subtract(1, share)));
}
