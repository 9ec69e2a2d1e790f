import { expect, it } from "vitest";
import { composeReport } from "../compose-report.ts";
import { renderReport } from "../render-report.ts";
import type { ReportInput } from "../report-input.ts";
import { drawEvaluation } from "../testing/example-evaluation.ts";
import { exampleGuarantee } from "../testing/example-guarantee.ts";
import { examplePrivacy } from "../testing/example-privacy.ts";
import { exampleRun } from "../testing/example-run.ts";
import { readText } from "../testing/parse-page.ts";
import { listCoverage, readDifferentialPrivacy } from "./differential-privacy.ts";

const input: ReportInput = { evaluation: drawEvaluation(1), privacy: examplePrivacy(), run: exampleRun };

it("stands on the page and in the document where there is a promise, and only there", () => {
  const promised = { ...input, differentialPrivacy: exampleGuarantee };
  const text = readText(renderReport(promised));
  expect(text).toContain(readDifferentialPrivacy(exampleGuarantee)!.replaceAll("'", "&#39;"));
  for (const line of listCoverage(exampleGuarantee)) expect(text).toContain(line);
  expect(text).toContain("This page is not covered");
  expect(composeReport(promised)).toMatchObject({ differentialPrivacy: exampleGuarantee });
  expect(readText(renderReport(input))).not.toContain("Differential privacy");
  expect(readText(renderReport({ ...input, differentialPrivacy: null }))).toBe(readText(renderReport(input)));
});
