import { encodeGraph } from "../onnx/encode-graph.ts";
import { parameter, type Expression } from "../graph/expression.ts";
import { openSession } from "../session/open-session.ts";
import type { Arrays } from "../session/session.ts";
import { differentiate } from "../graph/gradients.ts";

/** A parameter that a test sets by name. */
export function variable(name: string, shape: readonly number[]): Expression {
  return parameter(name, shape, { constant: 0 });
}

/**
 * Gradients of a scalar at `values`: by differentiation, and by central differences of fourth order,
 * (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h, of which the error in float32 is about 1e-5 of f.
 */
export async function compareGradients(
  scalar: Expression,
  variables: readonly Expression[],
  values: Arrays,
  h = 0.04,
): Promise<{ analytic: number[]; numeric: number[] }> {
  const gradients = differentiate(scalar, variables);
  const names = variables.map(({ name }) => name!);
  const outputs = Object.fromEntries(names.map((name, k) => [`d/${name}`, gradients[k]!]));
  const whole = await openSession(encodeGraph({ ...outputs, f: scalar }));
  const forward = await openSession(encodeGraph({ f: scalar }));
  const result = await whole.run(values);
  const analytic = names.flatMap((name) => [...result[`d/${name}`]!]);
  const numeric: number[] = [];
  for (const name of names) {
    for (let i = 0; i < values[name]!.length; i++) {
      const at = async (offset: number) => {
        const moved = values[name]!.slice();
        moved[i]! += offset;
        return (await forward.run({ ...values, [name]: moved }))["f"]![0]!;
      };
      numeric.push((8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h));
    }
  }
  await whole.release();
  await forward.release();
  return { analytic, numeric };
}

/** Largest difference in units of the largest gradient. */
export function relativeDifference(a: readonly number[], b: readonly number[]): number {
  const scale = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / scale;
}
