import { syntheticPatientSchema } from "@osteon/contracts";
import type { SyntheticCohort } from "@osteon/generator";
import { describe, expect, it } from "vitest";
import { PatientJsonWriter } from "./patient-json-writer.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";

function write(writer: PatientJsonWriter, generated: SyntheticCohort, row: number, index = row): unknown {
  return JSON.parse(writer.write(generated, row, index, "{", "}").toString("utf8"));
}

function rename(generated: SyntheticCohort, genes: readonly string[]): SyntheticCohort {
  const { cohort } = generated;
  return { ...generated, cohort: { ...cohort, expression: { ...cohort.expression, genes } } };
}

/** What the writer should give, by JSON's own means. */
function expectedPatient(generated: SyntheticCohort, row: number, index: number): unknown {
  const { cohort, pathways } = generated;
  const table = (names: readonly string[], values: ArrayLike<number>, value: (raw: number) => number | null) =>
    Object.fromEntries(names.map((name, j) => [name, value(values[row * names.length + j]!)]));
  const decimal = (raw: number) => (Number.isFinite(raw) ? Number(raw.toFixed(4)) + 0 : null);
  const code = (unknown: number) => (raw: number) => (raw === unknown ? null : raw);
  const { clinical } = cohort;
  return {
    index,
    clinical: {
      survival_days: clinical.survivalTimeDays[row],
      event_occurred: code(-1)(clinical.event[row]!),
      age_years: Number.isNaN(clinical.ageYears[row]) ? null : clinical.ageYears[row],
      metastasis: code(-1)(clinical.metastasis[row]!),
    },
    mutations: table(cohort.mutations.genes, cohort.mutations.values, code(-1)),
    copy_number: table(cohort.copyNumber.genes, cohort.copyNumber.values, code(-128)),
    expression: table(cohort.expression.genes, cohort.expression.values, decimal),
    pathways: table(pathways.names, pathways.values, decimal),
  };
}

const request = { conditions: {}, seed: 11, firstIndex: 0, count: 6 };

describe("PatientJsonWriter", () => {
  it.each([0, 3])("writes what JSON.stringify would, with every %i-th value unknown", async (unknownEvery) => {
    const generated = await createSimulatedSynthesiser({ expressionGenes: 40, unknownEvery }).generate(request);
    const writer = new PatientJsonWriter();
    for (let row = 0; row < request.count; row++) {
      const patient = write(writer, generated, row, row + 100);
      expect(patient).toEqual(expectedPatient(generated, row, row + 100));
      expect(syntheticPatientSchema.safeParse(patient).success).toBe(true);
    }
    const holdsNull = writer.write(generated, 2, 0, "{", "}").includes("null");
    expect(holdsNull).toBe(unknownEvery > 0);
  });

  it("writes tables of no genes as empty objects", async () => {
    const generated = await createSimulatedSynthesiser({
      mutationGenes: 0,
      copyNumberGenes: 0,
      expressionGenes: 0,
      pathways: 0,
    }).generate(request);
    expect(write(new PatientJsonWriter(), generated, 0)).toMatchObject({
      mutations: {},
      copy_number: {},
      expression: {},
      pathways: {},
    });
  });

  it("escapes names and measures them in bytes, not characters", async () => {
    const genes = ['a"b', "c\\d", "é-ß", "基因", "e\nf", "g\u2028h"];
    const generated = rename(
      await createSimulatedSynthesiser({ expressionGenes: genes.length }).generate(request),
      genes,
    );
    const patient = syntheticPatientSchema.parse(write(new PatientJsonWriter(), generated, 1));
    expect(Object.keys(patient.expression)).toEqual(genes);
    expect(patient).toEqual(expectedPatient(generated, 1, 1));
  });

  it("notices a model whose names change", async () => {
    const writer = new PatientJsonWriter();
    const model = await createSimulatedSynthesiser({ expressionGenes: 3 }).generate(request);
    for (const middle of ["B", "LONGER_NAME", "B"]) {
      const generated = rename(model, ["A", middle, "C"]);
      expect(write(writer, generated, 0)).toEqual(expectedPatient(generated, 0, 0));
    }
  });

  it("gives buffers that later writing leaves alone", async () => {
    const writer = new PatientJsonWriter();
    const generated = await createSimulatedSynthesiser().generate(request);
    const first = writer.write(generated, 0, 0, "{", "}");
    const before = first.toString("utf8");
    writer.write(generated, 1, 1, "{", "}");
    expect(first.toString("utf8")).toBe(before);
  });
});
