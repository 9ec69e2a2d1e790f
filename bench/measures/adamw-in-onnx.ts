import {
  add,
  divide,
  encodeGraph,
  input,
  multiply,
  openSession,
  sqrt,
  square,
  subtract,
  type Arrays,
  type Expression,
  type TensorDescription,
} from "@osteon/network";

/** The update of AdamW as ONNX operators, to compare with the kernel: new values go to a second set of arrays. */
export async function prepareAdamWInOnnx(parameters: readonly TensorDescription[]): Promise<() => Promise<void>> {
  const outputs: Record<string, Expression> = {};
  const keptWeight = input("keptWeight", []);
  const stepSize = input("stepSize", []);
  const gradientScale = input("gradientScale", []);
  for (const { name, shape } of parameters) {
    const [w, g, m, v, a] = ["w", "g", "m", "v", "a"].map((part) => input(`${part}/${name}`, shape)) as [
      Expression,
      Expression,
      Expression,
      Expression,
      Expression,
    ];
    const scaled = multiply(g, gradientScale);
    const first = add(multiply(m, 0.9), multiply(scaled, 0.1));
    const second = add(multiply(v, 0.999), multiply(square(scaled), 0.001));
    const next = subtract(multiply(w, keptWeight), multiply(stepSize, divide(first, add(sqrt(second), 1e-8))));
    outputs[`first/${name}`] = first;
    outputs[`second/${name}`] = second;
    outputs[`weights/${name}`] = next;
    outputs[`average/${name}`] = add(a, multiply(subtract(next, a), 0.001));
  }
  const graph = encodeGraph(outputs);
  const allocate = (descriptions: readonly TensorDescription[]): Arrays =>
    Object.fromEntries(
      descriptions.map(({ name, shape }) => {
        const length = shape.reduce<number>((product, size) => product * Number(size), 1);
        return [name, new Float32Array(length).fill(0.01)];
      }),
    );
  return (await openSession(graph)).bind(allocate(graph.inputs), allocate(graph.outputs));
}
