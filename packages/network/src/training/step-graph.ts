import { osteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import { sortTopologically, type Expression } from "../graph/expression.ts";
import { differentiate } from "../graph/gradients.ts";
import { countElements } from "../graph/shape.ts";
import { encodeGraph, type EncodedGraph, type Weights } from "../onnx/encode-graph.ts";

/** The output that holds the scalar to minimise. */
export const lossName = "loss";
/** The output that holds the gradient of a parameter. */
export const gradientName = (parameter: string) => `gradient/${parameter}`;

/** The parameters that an expression reaches, in the order of first use. */
export function listParameters(expression: Expression): Expression[] {
  return sortTopologically([expression]).filter(({ operator }) => operator === "Parameter");
}

/**
 * The graph of one training step: inputs and parameters → the scalar loss and, for each parameter, its gradient.
 * The batch size is fixed: every dimension is a number.
 */
export function encodeTrainingStep(loss: Expression): EncodedGraph {
  const parameters = listParameters(loss);
  const gradients = differentiate(loss, parameters);
  return encodeGraph({
    [lossName]: loss,
    ...Object.fromEntries(parameters.map(({ name }, k) => [gradientName(name!), gradients[k]!])),
  });
}

/** The graph that only evaluates the loss, for the validation split. */
export function encodeLoss(loss: Expression): EncodedGraph {
  return encodeGraph({ [lossName]: loss });
}

/** First values of all parameters that an expression reaches; each depends on the seed and its own name only. */
export function initialiseWeights(expression: Expression, seed: number): Weights {
  const weights: Record<string, Float32Array> = {};
  for (const { name, shape, initial } of listParameters(expression)) {
    if (Object.hasOwn(weights, name!)) throw osteonError("network.duplicate-name", { name: name! });
    const values = (weights[name!] = new Float32Array(countElements(shape)));
    if (!initial) continue;
    if ("constant" in initial) values.fill(initial.constant);
    else {
      const random = new RandomStream(seed, streamId(`network/initial/${name!}`));
      for (let i = 0; i < values.length; i++) values[i] = initial.uniformBound * (2 * random.nextUniform() - 1);
    }
  }
  return weights;
}
