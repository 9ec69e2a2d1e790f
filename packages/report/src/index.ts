export type { PrivacyFindings } from "./privacy-findings.ts";
export { renderReport } from "./render-report.ts";
export type { ReportInput } from "./report-input.ts";
export { composeReport, type ReportDocument } from "./compose-report.ts";
export type { EffectiveSampleSize, RunFacts } from "./run-facts.ts";
