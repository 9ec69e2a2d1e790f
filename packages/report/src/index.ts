export type { CardSection, CardTable, RenderedCard } from "./cards/card.ts";
export { renderDataCard, type DataCard, type DataCardInput } from "./cards/data-card/render-data-card.ts";
export type { ArchitectureEvidence, ModelCardInput, Publisher } from "./cards/model-card/model-card-input.ts";
export { renderModelCard, type ModelCard } from "./cards/model-card/render-model-card.ts";
export type { ComplianceFacts, RegistryState } from "./compliance/compliance-facts.ts";
export { renderCompliancePack, type ComplianceFile } from "./compliance/render-compliance-pack.ts";
export { composeReport, type ReportDocument } from "./compose-report.ts";
export {
  renderDeidentificationReport,
  type DeidentificationReport,
} from "./deidentification/render-deidentification-report.ts";
export type { DifferentialPrivacy } from "./differential-privacy.ts";
export type { PrivacyFindings } from "./privacy-findings.ts";
export { renderReport } from "./render-report.ts";
export type { ReportInput } from "./report-input.ts";
export type { InferenceFacts, RunFacts } from "./run-facts.ts";
