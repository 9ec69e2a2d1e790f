import { decodeSafetensors, encodeSafetensors } from "@osteon/safetensors";
import { describe, expect, it } from "vitest";
import { simulateDemonstrationCohort } from "./demonstration/index.ts";
import { decodeCohort, digestCohort, encodeCohort } from "./encode.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 30, genes: 300 });
const bytes = encodeCohort(cohort);

it("reads back what it wrote", () => {
  expect(cohort.expression.values.some((value) => Number.isNaN(value))).toBe(true);
  expect(decodeCohort(bytes, "cohort.safetensors")).toEqual(cohort);
  const empty = {
    ...cohort,
    expression: { genes: [], unit: "z-score" as const, values: new Float32Array() },
    simulated: false,
  };
  expect(decodeCohort(encodeCohort(empty), "cohort.safetensors")).toEqual(empty);
});

it("gives equal bytes for equal cohorts, whatever bits a NaN has", async () => {
  const odd = Uint32Array.from(new Uint32Array(cohort.expression.values.slice().buffer));
  const at = cohort.expression.values.findIndex((value) => Number.isNaN(value));
  odd[at] = 0x7fc00123;
  const twin = { ...cohort, expression: { ...cohort.expression, values: new Float32Array(odd.buffer) } };
  expect(Buffer.from(encodeCohort(twin)).equals(Buffer.from(bytes))).toBe(true);
  const digest = await digestCohort(cohort);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await digestCohort(twin)).toBe(digest);
  const event = cohort.clinical.event.map((code) => 1 - code);
  expect(await digestCohort({ ...cohort, clinical: { ...cohort.clinical, event } })).not.toBe(digest);
});

describe("refuses, by the file's name", () => {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const refuses = (altered: Uint8Array, reason: string) =>
    expect(() => decodeCohort(altered, "run/cohort.safetensors")).toThrow(
      `run/cohort.safetensors is not a stored cohort: ${reason}`,
    );

  it("a file cut short, and one that is something else", () => {
    refuses(bytes.subarray(0, bytes.length - 1), 'tensor "mutations" lies outside the file');
    refuses(bytes.subarray(0, 100), "its header is cut short");
    refuses(new TextEncoder().encode("patient_id,age"), "its header is cut short");
    refuses(encodeSafetensors({ tensors, metadata: {} }), "its header does not tell format");
    refuses(encodeSafetensors({ tensors, metadata: { ...metadata, format: "model" } }), "its format is another one");
  });

  it.each([
    ["version", "2", "its version is one"],
    ["simulated", "perhaps", "it does not tell whether"],
    ["expression_unit", "FPKM", "its expression has an unknown unit"],
    ["patient_ids", "[1]", "its patient_ids are not a list of names"],
    ["mutation_genes", "TP53", "its mutation_genes are not a list"],
    ["expression_genes", "[]", "its tables do not agree"],
  ])("a header with %s %s", (name, value, reason) => {
    refuses(encodeSafetensors({ tensors, metadata: { ...metadata, [name]: value } }), reason);
  });

  it("tables that are missing, of another type or of another size", () => {
    const { mutations, ...others } = tensors;
    refuses(encodeSafetensors({ tensors: others, metadata }), "its table mutations is missing");
    const asFloats = { shape: mutations!.shape, data: Float32Array.from(mutations!.data) };
    refuses(encodeSafetensors({ tensors: { ...others, mutations: asFloats }, metadata }), "its table mutations is");
    const short = { shape: [1], data: Int8Array.of(0) };
    refuses(encodeSafetensors({ tensors: { ...others, mutations: short }, metadata }), "its tables do not agree");
  });
});
