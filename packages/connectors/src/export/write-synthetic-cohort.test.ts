import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SyntheticCohort } from "@osteon/generator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeSyntheticCohort } from "./write-synthetic-cohort.ts";

const synthetic: SyntheticCohort = {
  cohort: {
    patientIds: ["SYN-1-0", "SYN-1-1"],
    clinical: {
      survivalTimeDays: Float64Array.of(2000, 0.25),
      event: Int8Array.of(0, 1),
      ageYears: Float64Array.of(15.1, Number.NaN),
      metastasis: Int8Array.of(-1, 1),
      male: Int8Array.of(-1, -1),
      necrosisPercent: Float64Array.of(Number.NaN, Number.NaN),
    },
    mutations: { genes: ["TP53", 'odd,"gene"'], values: Int8Array.of(1, 0, -1, -1) },
    copyNumber: { genes: ["MYC"], values: Int8Array.of(-2, -128) },
    expression: {
      genes: ["E1", "E2", "E3"],
      unit: "z-score",
      values: Float32Array.of(-1.30321, 0.00004, Number.NaN, 12, -0.00001, 3.4567891),
    },
    simulated: true,
  },
  pathways: { names: ["HALLMARK"], values: Float32Array.of(0.5, -1e12) },
};

describe("writeSyntheticCohort", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "osteon-export-"));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));
  const text = (name: string) => readFile(join(parent, "out", name), "utf8");
  const write = (changes: Partial<Parameters<typeof writeSyntheticCohort>[2]> = {}, cohort = synthetic) =>
    writeSyntheticCohort(join(parent, "out"), [cohort], { provenance: { seed: 1 }, ...changes });

  it("writes the five tables with empty cells for the unknown", async () => {
    await write();
    expect(await text("clinical.csv")).toBe(
      "patient_id,survival_days,event_occurred,age_years,metastasis\nSYN-1-0,2000,0,15.1,\nSYN-1-1,0.25,1,,1\n",
    );
    expect(await text("mutations.csv")).toBe('patient_id,TP53,"odd,""gene"""\nSYN-1-0,1,0\nSYN-1-1,,\n');
    expect(await text("copy_number.csv")).toBe("patient_id,MYC\nSYN-1-0,-2\nSYN-1-1,\n");
    expect(await text("expression.csv")).toBe("patient_id,E1,E2,E3\nSYN-1-0,-1.3032,0,\nSYN-1-1,12,0,3.4568\n");
    expect(await text("pathways.csv")).toMatch(/^patient_id,HALLMARK\nSYN-1-0,0\.5\nSYN-1-1,-9999999\d{5}\n$/);
  });

  it.skipIf(process.platform === "win32")("writes files that only their owner can read", async () => {
    await write();
    for (const name of await readdir(join(parent, "out"))) {
      expect([name, (await stat(join(parent, "out", name))).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it("adds sex and necrosis where a patient has them", async () => {
    const clinical = {
      ...synthetic.cohort.clinical,
      male: Int8Array.of(1, -1),
      necrosisPercent: Float64Array.of(Number.NaN, 90),
    };
    await write({}, { ...synthetic, cohort: { ...synthetic.cohort, clinical } });
    expect(await text("clinical.csv")).toContain(",metastasis,sex,necrosis_percent\nSYN-1-0,2000,0,15.1,,Male,\n");
    expect(await text("clinical.csv")).toContain("\nSYN-1-1,0.25,1,,1,,90\n");
  });

  it("writes the provenance with units and the files' digests", async () => {
    await write();
    const provenance = JSON.parse(await text("provenance.json"));
    expect(provenance).toMatchObject({ seed: 1, simulated: true, patients: 2, units: { expression: "z-score" } });
    for (const { name, bytes, sha256 } of provenance.files) {
      const content = await readFile(join(parent, "out", name));
      expect(content.length).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
    }
    expect(provenance.files).toHaveLength(5);
    expect(await readdir(parent)).toEqual(["out"]);
  });

  it("rounds as toFixed does, for rows longer than its buffer", async () => {
    const genes = Array.from({ length: 200_000 }, (_, i) => `G${i}`);
    const values = Float32Array.from(genes, (_, i) => Math.sin(i) * 20);
    const cohort = { ...synthetic.cohort, patientIds: ["P"], expression: { genes, unit: "z-score" as const, values } };
    await write({}, { ...synthetic, cohort });
    const cells = (await text("expression.csv")).split("\n")[1]!.split(",").slice(1);
    expect(cells).toHaveLength(200_000);
    cells.forEach((cell, i) => {
      if (Math.abs(Number(cell) - values[i]!) > 0.5e-4 + 1e-9) expect.fail(`${cell} for ${values[i]}`);
      if (!/^-?\d+(?:\.\d{0,3}[1-9])?$/.test(cell)) expect.fail(`${cell} is not in its shortest form`);
    });
  });

  it("fills an empty folder, leaves one with content alone, and replaces its own when told to", async () => {
    await mkdir(join(parent, "out"));
    await write();
    await expect(write()).rejects.toMatchObject({ code: "connectors.export-target-not-empty" });
    await write({ replace: true, provenance: { seed: 2 } });
    expect(JSON.parse(await text("provenance.json")).seed).toBe(2);
    await rm(join(parent, "out", "provenance.json"));
    await writeFile(join(parent, "out", "thesis.txt"), "mine");
    await expect(write({ replace: true })).rejects.toMatchObject({ code: "connectors.export-target-not-ours" });
    expect(await text("thesis.txt")).toBe("mine");
    expect(await readdir(parent)).toEqual(["out"]);
  });

  it("refuses a target that is a file", async () => {
    await writeFile(join(parent, "out"), "mine");
    await expect(write({ replace: true })).rejects.toMatchObject({ code: "connectors.export-target-not-empty" });
  });

  it("leaves nothing behind when it is stopped, and the earlier export as it was", async () => {
    await expect(write({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(parent)).toEqual([]);
    await write();
    await expect(write({ replace: true, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(parent)).toEqual(["out"]);
    expect(JSON.parse(await text("provenance.json")).seed).toBe(1);
  });
});
