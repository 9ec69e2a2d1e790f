import { RandomFill } from "@osteon/network";
import { streamId } from "@osteon/numerics";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { fitModel, type ModelFit } from "../fit-model.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import { ClinicalSampler } from "../factor-copula/clinical-sampler.ts";
import { leadingBlock } from "../factor-copula/correlation-matrices.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { LatentModel } from "../latent/latent-model.ts";
import { samplerBatch } from "../latent/batch-runner.ts";
import type { Family } from "../model.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { createModelExport, encodeModelExport } from "./model-export.ts";

const cohort = plantCohort({ patients: 60 });
const seed = 11;
const conditions = { survivalTimeDays: 400, event: 0, metastasis: 1 } as const;

/** A network that has learnt something, whatever held-out patients say of it. */
const fitWithoutMercy = (family: Family): Promise<ModelFit> =>
  fitModel(family, cohort, { seed: 2, network: { validationShare: 0 }, training: { epochs: 3 } });

/** The inputs of an export that are what Osteon draws for patients 0 … 15 of the seed. */
function inputsOf({ marginals, correlation, expression }: FactorCopulaParameters, noiseCount: number) {
  const width = marginals.clinical.length;
  const anchors = anchorCount(marginals);
  const sampler = new ClinicalSampler(marginals, leadingBlock(correlation, anchors, width), conditions);
  const genes = expression.genes.length;
  const leading = Math.ceil((anchors - width + expression.rank) / 16) * 16;
  const padded = expression.noiseDeviations.length;
  const inputs = {
    clinical: new Float32Array(samplerBatch * width),
    noise: new Float32Array(samplerBatch * noiseCount),
    gene_noise: new Float32Array(samplerBatch * genes),
  };
  const own = new RandomFill(noiseCount);
  const decoders = new RandomFill(leading + padded);
  for (let i = 0; i < samplerBatch; i++) {
    const latents = new Float64Array(width);
    sampler.draw(seed, i, latents);
    inputs.clinical.set(latents, i * width);
    const noise = inputs.noise.subarray(i * noiseCount, (i + 1) * noiseCount);
    own.fillNormals(noise, { seed, stream: streamId("latent/patient"), index: i });
    const normals = new Float32Array(leading + padded);
    decoders.fillNormals(normals, { seed, stream: streamId("factor-copula/patient"), index: i });
    inputs.gene_noise.set(normals.subarray(leading, leading + genes), i * genes);
  }
  return inputs;
}

/** Runs a file in onnxruntime-web, another reader than the one that Osteon runs. */
async function runElsewhere(bytes: Uint8Array, inputs: Readonly<Record<string, Float32Array>>) {
  const session = await InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const feeds = session.inputNames.map((name) => {
    const data = inputs[name]!;
    return [name, new Tensor("float32", data, [samplerBatch, data.length / samplerBatch])];
  });
  const results = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

describe("the export of a model, read by another runtime", () => {
  it.each(["cvae", "diffusion"] as const)("gives the patients that %s gives", async (family) => {
    const model = (await fitWithoutMercy(family)).model as LatentModel;
    const ours = await model.sample({ conditions, seed, firstIndex: 0, count: samplerBatch });
    await model.release();
    const { bytes, inputs } = encodeModelExport(createModelExport(model.save()));
    const noiseCount = Number(inputs.find(({ name }) => name === "noise")!.shape[1]);
    const theirs = await runElsewhere(bytes, inputsOf(model.parameters.copula, noiseCount));
    expect([...theirs["mutations"]!]).toEqual([...ours.mutations.values]);
    expect([...theirs["copy_number"]!]).toEqual([...ours.copyNumber.values]);
    ours.expression.values.forEach((value, at) => {
      expect(Math.abs(theirs["expression"]![at]! - value)).toBeLessThan(1e-3);
    });
  });

  it("draws the factor copula's law, zeros of genes included", async () => {
    const { model } = await fitModel("factor-copula", cohort, { seed: 2 });
    const whole = createModelExport(model.save());
    const { bytes, inputs } = encodeModelExport(whole);
    const noiseCount = Number(inputs.find(({ name }) => name === "noise")!.shape[1]);
    const given = inputsOf((model as unknown as { parameters: FactorCopulaParameters }).parameters, noiseCount);
    const { mutations, copy_number: copyNumber, expression } = await runElsewhere(bytes, given);
    expect([...mutations!].every((code) => code === 0 || code === 1)).toBe(true);
    expect([...copyNumber!].every((code) => Number.isInteger(code) && Math.abs(code) <= 2)).toBe(true);
    expect(Math.min(...expression!)).toBe(0);
    expect(whole.description).toMatchObject({ outputs: { expression: { unit: "log2(TPM+1)" } } });
  });

  it("does not let a patient's row depend on the others", async () => {
    const model = (await fitWithoutMercy("diffusion")).model as LatentModel;
    const { bytes, inputs } = encodeModelExport(createModelExport(model.save()));
    const noiseCount = Number(inputs.find(({ name }) => name === "noise")!.shape[1]);
    const given = inputsOf(model.parameters.copula, noiseCount);
    const others = Object.fromEntries(
      Object.entries(given).map(([name, values]) => {
        const width = values.length / samplerBatch;
        return [name, values.map((value, at) => (at < width ? value : value * 0.3 + 1))];
      }),
    );
    const [one, two] = [await runElsewhere(bytes, given), await runElsewhere(bytes, others)];
    const genes = cohort.expression.genes.length;
    expect(two["expression"]!.slice(0, genes)).toEqual(one["expression"]!.slice(0, genes));
    expect(two["expression"]!.slice(genes)).not.toEqual(one["expression"]!.slice(genes));
  });
});
