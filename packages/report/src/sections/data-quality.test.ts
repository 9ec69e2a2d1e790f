import { expect, it } from "vitest";
import { composeReport } from "../compose-report.ts";
import { renderReport } from "../render-report.ts";
import type { ReportInput } from "../report-input.ts";
import { drawEvaluation } from "../testing/example-evaluation.ts";
import { exampleRun } from "../testing/example-run.ts";

const shares = { share: 0.184, nullMean: 0.03, nullUpper: 0.061, pValue: 0.001 };
const quality: NonNullable<ReportInput["quality"]> = {
  findings: [
    { level: "warning", code: "sex-mismatch", message: "sex: in 3 of 85 patients …" },
    { level: "info", code: "day-zero-survival", message: "survival time: 1 of 85 patients …" },
    { level: "info", code: "not-checked", message: "one" },
    { level: "info", code: "not-checked", message: "another" },
  ],
  batches: {
    batches: [{ batch: 0, patients: 40 }],
    unknown: 3,
    tooSmall: 0,
    permutations: 999,
    expression: {
      patients: 85,
      genes: 400,
      share: 0.2,
      adjustedFor: ["age"],
      beyondClinical: shares,
      components: [],
      genesAffected: 12,
    },
    confounding: [],
    advice: "Have all samples processed by one pipeline.",
  },
};
const input: ReportInput = { evaluation: drawEvaluation(1), privacy: null, run: exampleRun, quality };

it("the page and its data tell what was found in words, without a count of patients", () => {
  expect(composeReport(input).dataQuality).toEqual({
    toLookAt: ["Tumours of another sex than the patient's on record."],
    noted: ["Patients with 0 days of survival or follow-up.", "A check that could not be made."],
    batches:
      "Batches explain 18\u00a0% of the variance of expression beyond the clinical variables; chance alone reaches 6\u00a0%. " +
      "Have all samples processed by one pipeline.",
  });
  const page = renderReport(input);
  expect(page).toContain("Tumours of another sex");
  for (const text of [page, JSON.stringify(composeReport(input))]) expect(text).not.toMatch(/3 of 85|1 of 85/);
});

it("without a check of the data there is no such section", () => {
  const { quality: _, ...without } = input;
  expect(composeReport(without).dataQuality).toBeNull();
  expect(renderReport(without)).not.toContain("The data behind it");
});
