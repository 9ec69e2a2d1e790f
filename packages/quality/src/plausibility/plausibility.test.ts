import { simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { checkQuality } from "../check-quality.ts";
import type { FindingCode } from "../finding-titles.ts";
import type { Finding } from "../quality-report.ts";
import { checkDeletedGenes } from "./check-deleted-genes.ts";
import { checkObservation } from "./check-observation.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 130, genes: 60, complete: true });

function findingsOf(of: Cohort): readonly Finding[] {
  return checkQuality(of).findings;
}

function find(of: Cohort, code: FindingCode): Finding | undefined {
  return findingsOf(of).find((finding) => finding.code === code);
}

function withClinical(change: Partial<Cohort["clinical"]>, of = cohort): Cohort {
  return { ...of, clinical: { ...of.clinical, ...change } };
}

function withAlteration(
  table: "mutations" | "copyNumber",
  gene: string,
  levelOf: (row: number, level: number) => number,
): Cohort {
  const { genes, values } = cohort[table];
  const place = genes.indexOf(gene);
  const changed = values.map((level, k) =>
    k % genes.length === place ? levelOf(Math.floor(k / genes.length), level) : level,
  );
  return { ...cohort, [table]: { genes, values: changed } };
}

describe("ages", () => {
  const { ageYears } = cohort.clinical;

  it("under 3 and over 60 are told, and asked about where they are many", () => {
    expect(find(withClinical({ ageYears: ageYears.map((age) => Math.min(Math.max(age, 3), 60)) }), "age-unusual")).toBe(
      undefined,
    );
    const few = find(withClinical({ ageYears: ageYears.with(0, 1.5).with(1, 71) }), "age-unusual");
    expect(few).toMatchObject({ level: "info" });
    expect(few!.message).toContain("1 of 130 patients are under 3 and 1 over 60");
    expect(find(withClinical({ ageYears: ageYears.map((age, i) => (i < 12 ? 1 : age)) }), "age-unusual")).toMatchObject(
      {
        level: "warning",
      },
    );
  });

  it("in decades or of another disease are asked about", () => {
    expect(find(cohort, "age-distribution")).toBeUndefined();
    expect(find(withClinical({ ageYears: ageYears.map((age) => age / 10) }), "age-distribution")!.message).toContain(
      "under",
    );
    expect(find(withClinical({ ageYears: ageYears.map((age) => age + 45) }), "age-distribution")!.message).toContain(
      "over",
    );
  });
});

describe("courses", () => {
  const { survivalTimeDays, event, metastasis } = cohort.clinical;

  it("a death on the day of diagnosis, not a last contact", () => {
    const died = event.indexOf(1);
    const alive = event.indexOf(0);
    expect(
      find(withClinical({ survivalTimeDays: survivalTimeDays.with(alive, 0) }), "death-on-day-zero"),
    ).toBeUndefined();
    const found = find(withClinical({ survivalTimeDays: survivalTimeDays.with(died, 0) }), "death-on-day-zero");
    expect(found!.message).toMatch(/1 of \d+ deaths/);
  });

  it("everybody dead; everybody alive is too few deaths, an error", () => {
    expect(find(withClinical({ event: new Int8Array(130).fill(1) }), "everyone-died")).toMatchObject({
      level: "warning",
    });
    expect(find(withClinical({ event: new Int8Array(130) }), "too-few-deaths")).toMatchObject({ level: "error" });
    expect(find(cohort, "everyone-died")).toBeUndefined();
  });

  it("more years than anybody lives are an error, fifty years of follow-up are asked about", () => {
    const long = withClinical({
      survivalTimeDays: survivalTimeDays.with(0, 51 * 365.25),
      ageYears: cohort.clinical.ageYears.with(0, 15),
    });
    expect(find(long, "follow-up-too-long")!.message).toContain("1 of 130");
    expect(find(long, "lived-too-long")).toBeUndefined();
    const impossible = withClinical({ ageYears: cohort.clinical.ageYears.with(0, 80) }, long);
    expect(find(impossible, "lived-too-long")).toMatchObject({ level: "error" });
    expect(find(cohort, "follow-up-too-long")).toBeUndefined();
  });

  it("a status coded the other way round", () => {
    const reversed = withClinical({ event: event.map((code) => 1 - code) });
    expect(find(reversed, "status-reversed")).toMatchObject({ level: "warning" });
    expect(find(cohort, "status-reversed")).toBeUndefined();
  });

  it("survival in another unit", () => {
    const hardlyAny = withClinical({ event: event.map((_, i) => (i % 30 === 0 ? 1 : 0)) });
    expect(find(hardlyAny, "survival-unusual")!.message).toMatch(/\d+ % are alive after three years/);
    expect(find(cohort, "survival-unusual")).toBeUndefined();
  });

  it("metastasis coded the other way round, or counted whenever it came", () => {
    const { cohort: large } = simulateDemonstrationCohort({ patients: 400, genes: 60, complete: true });
    const reversed = withClinical({ metastasis: large.clinical.metastasis.map((code) => 1 - code) }, large);
    expect(find(reversed, "metastasis-reversed")).toMatchObject({ level: "warning" });
    expect(find(reversed, "metastasis-unusual")).toMatchObject({ level: "warning" });
    expect(
      find(withClinical({ metastasis: metastasis.map((_, i) => (i < 3 ? 1 : 0)) }), "metastasis-unusual"),
    ).toBeDefined();
    for (const code of ["metastasis-reversed", "metastasis-unusual"] as const)
      expect(find(large, code)).toBeUndefined();
  });

  it("survival beyond the last day that the source tells of is an error, and names no patient", () => {
    const patients = {
      patientIds: ["KANARIE-1", "KANARIE-2", "KANARIE-3"],
      survivalTimeDays: Float64Array.of(100, 501, NaN),
    };
    const observed = (days: number) => patients.patientIds.map((id) => [id, days] as const);
    expect(checkObservation(patients, undefined)).toEqual([]);
    expect(checkObservation(patients, observed(500))).toEqual([]);
    const [found] = checkObservation(patients, observed(400));
    expect(found).toMatchObject({ level: "error", code: "survival-beyond-observation" });
    expect(found!.message).toContain("1 of 2 patients");
    expect(found!.message).not.toContain("KANARIE");
  });
});

describe("alterations", () => {
  it.each<readonly ["mutations" | "copyNumber", string, number, string]>([
    ["mutations", "TP53", 0, "TP53 mutated in 0 of 130 (published: 18 to 55 %)"],
    ["mutations", "RB1", 1, "RB1 mutated in 130 of 130"],
    ["copyNumber", "RB1", 0, "RB1 lost in 0 of 130"],
    ["copyNumber", "CDKN2A", -2, "CDKN2A lost in 130 of 130"],
    ["copyNumber", "MYC", 0, "MYC gained in 0 of 130"],
  ])("%s of %s beside what is published", (table, gene, level, words) => {
    expect(
      find(
        withAlteration(table, gene, () => level),
        "frequency-unusual",
      )!.message,
    ).toContain(words);
    expect(find(cohort, "frequency-unusual")).toBeUndefined();
  });

  it("a gene that no call names is mutated in nobody, and one not looked at in none", () => {
    const place = cohort.mutations.genes.indexOf("TP53");
    const genes = cohort.mutations.genes.with(place, "SIM1");
    expect(find({ ...cohort, mutations: { ...cohort.mutations, genes } }, "frequency-unusual")!.message).toContain(
      "TP53",
    );
    const unsequenced = { ...cohort, mutations: { genes, values: cohort.mutations.values.map(() => -1) } };
    expect(find(unsequenced, "frequency-unusual")).toBeUndefined();
  });

  it("tumours without a gain or a loss among a thousand genes", () => {
    const genes = Array.from({ length: 1200 }, (_, j) => `G${j}`);
    const values = Int8Array.from({ length: 130 * 1200 }, (_, k) => (k < 3 * 1200 ? 0 : k % 7 === 0 ? -1 : 0));
    expect(find({ ...cohort, copyNumber: { genes, values } }, "flat-genome")!.message).toContain("3 of 130 tumours");
    const all = values.map((level, k) => (k % 1200 === 5 ? 1 : level));
    expect(find({ ...cohort, copyNumber: { genes, values: all } }, "flat-genome")).toBeUndefined();
  });
});

/** Replaces the last genes by those of sex, as the tumour of a man or a woman expresses them. */
function withSexGenes(isMan: (row: number) => boolean, unit: Cohort["expression"]["unit"] = "log2(TPM+1)"): Cohort {
  const width = cohort.expression.genes.length;
  const sexGenes = ["XIST", "RPS4Y1", "DDX3Y"];
  const genes = [...cohort.expression.genes.slice(0, -3), ...sexGenes];
  const values = cohort.expression.values.map((value, k) => {
    const gene = genes[k % width]!;
    if (!sexGenes.includes(gene)) return value;
    return isMan(Math.floor(k / width)) === (gene === "XIST") ? 0.1 : 5;
  });
  return { ...cohort, expression: { genes, unit, values } };
}

describe("sex", () => {
  const isMan = (row: number) => cohort.clinical.male[row] === 1;

  it("that the tumour's genes contradict", () => {
    expect(find(withSexGenes(isMan), "sex-mismatch")).toBeUndefined();
    const swapped = find(
      withSexGenes((row) => isMan(row) !== row < 4),
      "sex-mismatch",
    );
    expect(swapped!.message).toContain("in 4 of 130 patients");
    expect(swapped!.message).toContain("swapped");
    expect(
      find(
        withSexGenes((row) => !isMan(row)),
        "sex-mismatch",
      )!.message,
    ).toContain("the other way round");
  });

  it("is not asked of z-scores, nor of a man's tumour that lost Y", () => {
    expect(
      find(
        withSexGenes((row) => !isMan(row), "z-score"),
        "sex-mismatch",
      ),
    ).toBeUndefined();
    const lost = withSexGenes(isMan);
    const width = lost.expression.genes.length;
    const values = lost.expression.values.map((value, k) => (k % width >= width - 2 ? 0 : value));
    expect(find({ ...lost, expression: { ...lost.expression, values } }, "sex-mismatch")).toBeUndefined();
  });
});

/** Copy number in segments of ten genes, and expression that follows it. */
function drawDosage(follows: number): Cohort {
  const patients = 80;
  const genes = Array.from({ length: 400 }, (_, j) => `G${j}`);
  const { cohort: base } = simulateDemonstrationCohort({ patients, genes: 0, complete: true });
  const random = new RandomStream(5, streamId("dosage test"));
  const segments = Array.from({ length: patients * 40 }, () => {
    const u = random.nextUniform();
    return u < 0.1 ? -2 : u < 0.25 ? -1 : u < 0.7 ? 0 : u < 0.9 ? 1 : 2;
  });
  const levelOf = (k: number) => segments[Math.floor(k / 400) * 40 + Math.floor((k % 400) / 10)]!;
  const values = Float32Array.from({ length: patients * 400 }, (_, k) =>
    Math.max(0, 5 + follows * levelOf(k) + random.nextNormal()),
  );
  return {
    ...base,
    copyNumber: { genes, values: Int8Array.from({ length: patients * 400 }, (_, k) => levelOf(k)) },
    expression: { genes, unit: "log2(TPM+1)", values },
  };
}

function reorderCopyNumber(of: Cohort, rowFor: (row: number) => number): Cohort {
  const width = of.copyNumber.genes.length;
  const values = of.copyNumber.values.map(
    (_, k) => of.copyNumber.values[rowFor(Math.floor(k / width)) * width + (k % width)]!,
  );
  return { ...of, copyNumber: { ...of.copyNumber, values } };
}

describe("copy number and expression", () => {
  const matched = drawDosage(0.5);
  const codes: readonly FindingCode[] = [
    "dosage-absent",
    "swapped-tumours",
    "foreign-copy-number",
    "deleted-genes-expressed",
  ];

  it("of the same tumours raise nothing", () => {
    expect(findingsOf(matched).filter(({ code }) => codes.includes(code))).toEqual([]);
  });

  it("two patients swapped are found", () => {
    const swapped = reorderCopyNumber(matched, (row) => (row === 3 ? 44 : row === 44 ? 3 : row));
    expect(find(swapped, "swapped-tumours")!.message).toContain("2 of 80 patients");
  });

  it("a table out of step is found, and so is expression that follows nothing", () => {
    const shifted = reorderCopyNumber(matched, (row) => (row + 1) % 80);
    expect(find(shifted, "dosage-absent")).toMatchObject({ level: "warning" });
    expect(find(drawDosage(0), "dosage-absent")).toMatchObject({ level: "warning" });
  });

  it("many tumours with others' copy number are found", () => {
    const ring = reorderCopyNumber(matched, (row) => (row < 20 ? (row + 1) % 20 : row));
    expect(find(ring, "foreign-copy-number")).toBeDefined();
  });

  it("deeply deleted genes that are expressed highly are told", () => {
    const width = matched.expression.genes.length;
    const raised = matched.expression.values.map((value, k) =>
      matched.copyNumber.values[k] === -2 && Math.floor(k / width) < 8 ? 11 : value,
    );
    const found = find(
      { ...matched, expression: { ...matched.expression, values: raised } },
      "deleted-genes-expressed",
    );
    expect(found!.message).toMatch(/\d+ of \d+ patients with deeply deleted genes/);
    const everywhere = matched.expression.values.map((value, k) => (matched.copyNumber.values[k] === -2 ? 11 : value));
    const all = { ...matched, expression: { ...matched.expression, values: everywhere } };
    expect(checkDeletedGenes(all)).toMatchObject([{ level: "warning" }]);
  });
});
