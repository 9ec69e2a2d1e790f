import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SyntheticCohort } from "@osteon/generator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeSyntheticReplicates, type Replicate } from "./write-synthetic-replicates.ts";

const patient = (id: string): SyntheticCohort => ({
  cohort: {
    patientIds: [id],
    clinical: {
      survivalTimeDays: Float64Array.of(2000),
      event: Int8Array.of(0),
      ageYears: Float64Array.of(15),
      metastasis: Int8Array.of(0),
      male: Int8Array.of(-1),
      necrosisPercent: Float64Array.of(Number.NaN),
    },
    mutations: { genes: [], values: new Int8Array(0) },
    copyNumber: { genes: [], values: new Int8Array(0) },
    expression: { genes: ["E1"], unit: "z-score", values: Float32Array.of(1) },
    simulated: true,
  },
  pathways: { names: [], values: new Float32Array(0) },
});
const replicateOf = (id: string): Replicate => ({ batches: [patient(id)], provenance: { id } });

describe("writeSyntheticReplicates", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "osteon-replicates-"));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));
  const write = (replicates: readonly Replicate[], replace = false) =>
    writeSyntheticReplicates(join(parent, "out"), replicates, { provenance: { seed: 1 }, replace });
  const json = async (...path: string[]) =>
    JSON.parse(await readFile(join(parent, "out", ...path), "utf8")) as Record<string, unknown>;

  it("writes a folder for each, with its own provenance, beside one of all", async () => {
    await write([replicateOf("A"), replicateOf("B")]);
    expect((await readdir(join(parent, "out"))).sort()).toEqual(["provenance.json", "replicate-1", "replicate-2"]);
    expect(await json("provenance.json")).toEqual({ seed: 1, folders: ["replicate-1", "replicate-2"] });
    expect(await json("replicate-2", "provenance.json")).toMatchObject({ id: "B", patients: 1 });
    expect(await readFile(join(parent, "out", "replicate-2", "clinical.csv"), "utf8")).toContain("\nB,2000,");
  });

  it("leaves none of an earlier export's behind", async () => {
    await write([replicateOf("A"), replicateOf("B"), replicateOf("C")]);
    await write([replicateOf("D")], true);
    expect((await readdir(join(parent, "out"))).sort()).toEqual(["provenance.json", "replicate-1"]);
  });

  it("leaves nothing where one of them fails, and what was there as it was", async () => {
    const failing = { batches: [], provenance: {} };
    await expect(write([replicateOf("A"), failing])).rejects.toMatchObject({
      code: "connectors.export-without-patients",
    });
    expect(await readdir(parent)).toEqual([]);
    await mkdir(join(parent, "out"));
    await writeFile(join(parent, "out", "thesis.txt"), "mine");
    await expect(write([replicateOf("A")], true)).rejects.toMatchObject({ code: "connectors.export-target-not-ours" });
    expect(await readdir(join(parent, "out"))).toEqual(["thesis.txt"]);
  });
});
