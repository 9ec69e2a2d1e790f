import { patientListAnswerSchema, singlePatientAnswerSchema, syntheticPatientNotice } from "@osteon/contracts";
import type { SyntheticCohort } from "@osteon/generator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { flattenPatient, readCsv, readParquet, type Row } from "../testing/read-answers.ts";
import type { AnswerForm } from "./answer-format.ts";
import { AnswerWriter } from "./answer-writer.ts";
import { joinChunks } from "./join-chunks.ts";

const about = {
  modelVersion: "simulated-model-for-tests",
  trainedOnSimulatedPatients: true,
  seed: Number.MAX_SAFE_INTEGER,
};

function formOf(format: AnswerForm["format"], count: number, selection?: AnswerForm["selection"]): AnswerForm {
  return { ...about, format, count, ...(selection && { selection }) };
}

async function generateChunks(sizes: readonly number[], unknownEvery = 0): Promise<readonly SyntheticCohort[]> {
  const synthesiser = createSimulatedSynthesiser({ unknownEvery });
  let firstIndex = 0;
  const chunks: SyntheticCohort[] = [];
  for (const count of sizes) {
    chunks.push(await synthesiser.generate({ conditions: {}, seed: about.seed, firstIndex, count }));
    firstIndex += count;
  }
  return chunks;
}

/** The bytes of an answer that is written chunk by chunk. */
function writeChunks(chunks: readonly SyntheticCohort[], form: AnswerForm): Buffer {
  const writer = new AnswerWriter();
  let first = 0;
  return Buffer.concat(
    chunks.map((chunk) => {
      const piece = writer.write(chunk, first, form);
      first += chunk.cohort.patientIds.length;
      return piece;
    }),
  );
}

const textOf = (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : (value as number).toString()]),
  );

describe("AnswerWriter", () => {
  it("gives the same patients in every format, however they come in chunks", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.constantFrom(0, 2, 5), async (sizes, unknownEvery) => {
        const chunks = await generateChunks(sizes, unknownEvery);
        const whole = joinChunks(chunks);
        const count = whole.cohort.patientIds.length;
        const lines = writeChunks(chunks, formOf("ndjson", count)).toString("utf8").trimEnd().split("\n");
        const patients = lines.map((line) => singlePatientAnswerSchema.parse(JSON.parse(line)));
        expect(patients.map(({ index }) => index)).toEqual([...Array(count).keys()]);

        if (count > 1) {
          const list = patientListAnswerSchema.parse(JSON.parse(writeChunks(chunks, formOf("json", count)).toString()));
          expect(patients).toEqual(
            list.patients.map((patient) => {
              const { patients: _, ...head } = list;
              return { ...head, ...patient };
            }),
          );
        } else {
          expect(patients[0]).toEqual(JSON.parse(writeChunks(chunks, formOf("json", 1)).toString()));
        }

        const rows = patients.map(({ model_version, seed, simulated, index, ...patient }) => {
          const { notice: _n, trained_on_simulated_patients: _t, expression_unit: _e, ...parts } = patient;
          return { simulated, model_version, seed, index, ...flattenPatient(parts) };
        });
        const csv = readCsv(writeChunks(chunks, formOf("csv", count)).toString("utf8"));
        expect(csv).toEqual(rows.map(textOf));
        expect(Object.keys(csv[0]!)).toEqual(Object.keys(rows[0]!));

        const parquet = await readParquet(writeChunks([whole], formOf("parquet", count)));
        expect(parquet.rows.map(roundFloats)).toEqual(rows.map((row) => ({ ...row, seed: BigInt(row.seed) })));
        expect(Object.keys(parquet.rows[0]!)).toEqual(Object.keys(rows[0]!));
        expect(parquet.metadata).toEqual({
          "osteon.simulated": "true",
          "osteon.notice": syntheticPatientNotice,
          "osteon.model_version": about.modelVersion,
          "osteon.seed": String(about.seed),
          "osteon.trained_on_simulated_patients": "true",
          "osteon.expression_unit": "log2(TPM+1)",
        });
      }),
      { numRuns: 25 },
    );
  });

  it("carries what is chosen, in the model's order, with the values of the whole answer", async () => {
    const [chunk] = await generateChunks([3]);
    const lineOf = (selection?: AnswerForm["selection"]) =>
      writeChunks([chunk!], formOf("ndjson", 3, selection))
        .toString("utf8")
        .trimEnd()
        .split("\n")
        .map((line) => singlePatientAnswerSchema.parse(JSON.parse(line)));
    const whole = lineOf();
    const chosen = lineOf({ genes: ["GENE7", "GENE2", "MUT1"], pathways: ["HALLMARK_SET2"] });
    for (const [row, patient] of chosen.entries()) {
      const { expression, mutations, pathways } = whole[row]!;
      expect(patient).toEqual({
        ...whole[row],
        mutations: { MUT1: mutations["MUT1"] },
        copy_number: {},
        expression: { GENE2: expression["GENE2"], GENE7: expression["GENE7"] },
        pathways: { HALLMARK_SET2: pathways["HALLMARK_SET2"] },
      });
      expect(Object.keys(patient.expression)).toEqual(["GENE2", "GENE7"]);
    }
    expect(lineOf({ parts: ["clinical"] })[1]).toEqual({
      ...whole[1],
      mutations: {},
      copy_number: {},
      expression: {},
      pathways: {},
    });
    const csv = readCsv(writeChunks([chunk!], formOf("csv", 3, { parts: ["mutations"], genes: ["MUT2"] })).toString());
    expect(Object.keys(csv[0]!).slice(-2)).toEqual(["clinical.metastasis", "mutations.MUT2"]);
    const parquet = await readParquet(writeChunks([chunk!], formOf("parquet", 3, { parts: ["clinical"] })));
    expect(Object.keys(parquet.rows[0]!)).toHaveLength(8);
  });

  it("quotes names that hold a comma or a quote, in CSV", async () => {
    const [chunk] = await generateChunks([1]);
    const { cohort } = chunk!;
    const names = [...cohort.expression.genes];
    names[0] = 'odd, "name"';
    const odd = { ...chunk!, cohort: { ...cohort, expression: { ...cohort.expression, genes: names } } };
    const csv = writeChunks([odd], formOf("csv", 1)).toString("utf8");
    expect(csv).toContain(',"expression.odd, ""name""",');
    expect(Object.keys(readCsv(csv)[0]!)).toContain('expression.odd, "name"');
  });
});

/** A float32 read back is the decimal that was written, with what lies beyond its precision. */
function roundFloats(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      /^(?:expression|pathways)\./.test(name) && typeof value === "number"
        ? [name, Math.round(value * 10_000) / 10_000 + 0]
        : [name, value],
    ),
  );
}
