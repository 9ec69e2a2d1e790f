import type { GenerativeModel, SavedModel, Synthesiser } from "@osteon/generator";
import { Kernels, streamId } from "@osteon/numerics";

/** Microseconds a patient. The first three are the kernels alone, at the model's sizes. */
export interface DrawingProfile {
  readonly normals: number;
  readonly product: number;
  readonly tables: number;
  /** Clinical, mutation and copy-number drawing, and writing the tables: what is left of drawing. */
  readonly rest: number;
  readonly pathways: number;
}

const patients = 2000;
const genesTogether = 16;

/** Where the time of one patient goes. */
export async function profileDrawing(
  { tensors, description }: SavedModel,
  model: GenerativeModel,
  synthesiser: Synthesiser,
): Promise<DrawingProfile> {
  const [inner, padded] = tensors["expression_weights"]!.shape as [number, number];
  const [genes] = tensors["expression_tables"]!.shape as [number, number];
  const grid = description["grid"] as { readonly knots: number; readonly first: number; readonly step: number };
  const kernels = new Kernels();
  const load = (name: string) => {
    const { data } = tensors[name]!;
    const pointer = kernels.reserve(data.length * 4);
    return { pointer, fill: () => kernels.singles(pointer, data.length).set(data as Float32Array) };
  };
  const weights = load("expression_weights");
  const scale = load("expression_noise");
  const tables = load("expression_tables");
  const lead = Math.ceil(inner / genesTogether) * genesTogether;
  const normals = kernels.reserve((lead + padded) * 4);
  const latent = kernels.reserve(padded * 4);
  const out = kernels.reserve(padded * 4);
  for (const area of [weights, scale, tables]) area.fill();

  const { functions } = kernels;
  const stream = streamId("benchmark");
  const microseconds = async (work: (index: number) => unknown) => {
    let best = Infinity;
    for (let repeat = 0; repeat < 3; repeat++) {
      const start = performance.now();
      for (let index = 0; index < patients; index++) await work(index);
      best = Math.min(best, ((performance.now() - start) * 1000) / patients);
    }
    return best;
  };
  const parts = {
    normals: await microseconds((index) => functions.fillNormals(normals, lead + padded, index, 0, stream, 1, 0)),
    product: await microseconds(() => functions.rowProductF32(normals, weights.pointer, latent, inner, padded)),
    tables: await microseconds(() =>
      functions.applyQuantileTables(
        latent,
        normals + lead * 4,
        scale.pointer,
        tables.pointer,
        out,
        genes,
        grid.knots,
        grid.first,
        grid.step,
      ),
    ),
  };
  const batch = 100;
  const request = (index: number) => ({ conditions: {}, seed: 1, firstIndex: index, count: batch });
  const drawing = await microseconds((index) => index % batch === 0 && model.sample(request(index)));
  const whole = await microseconds((index) => index % batch === 0 && synthesiser.generate(request(index)));
  return {
    ...parts,
    rest: drawing - parts.normals - parts.product - parts.tables,
    pathways: whole - drawing,
  };
}
