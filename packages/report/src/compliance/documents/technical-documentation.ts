import type { ComplianceFacts } from "../compliance-facts.ts";
import { blank, known, type ComplianceDocument } from "../entry.ts";
import { describeEvaluation, describeTraining, identifyModel } from "../known-of-model.ts";
import { describeAccess, describeAudit, describeEncryption, describeVersions } from "../known-of-operation.ts";
import { describeDeidentification, describePrivacy, tableOfAttacks } from "../known-of-privacy.ts";

/** Regulation (EU) 2024/1689, annex IV. */
export function composeTechnicalDocumentation(facts: ComplianceFacts): ComplianceDocument {
  const { manifest, quality } = facts;
  return {
    file: "technical-documentation.md",
    title: "Technical documentation, outline",
    purpose:
      "An outline in the order of annex IV of Regulation (EU) 2024/1689. Whether the system is a high-risk one, or one made for research alone (article 2(6)), is for its provider to find.",
    sections: [
      {
        title: "1 General description",
        entries: [
          ...identifyModel(facts),
          ...describeVersions(facts),
          known(
            "Intended purpose",
            "synthetic patients for research and development; no clinical decision",
            "the model card",
          ),
          known(
            "Form",
            "a command line and an HTTP service with a web application, on the site's own computers, without internet",
            "README",
          ),
          blank("Provider", "name, address, version under which it is placed on the market, if it is"),
          blank("Classification", "whether and why it is, or is not, a high-risk system"),
        ],
      },
      {
        title: "2 Elements and development",
        entries: [
          known("Options that decided the model", JSON.stringify(manifest.options), "the sealed package, manifest"),
          known("Seed", String(manifest.seed), "the sealed package, manifest"),
          ...describeTraining(facts),
          ...describeDeidentification(facts),
          known("Findings of the quality check", describeQuality(quality), "the sealed package, record quality"),
          ...describeEvaluation(facts),
          blank("Where the data come from", "how and when they were collected, for what, by whom"),
          blank("Human oversight", "article 14: who judges a model before its release, and may stop it"),
        ],
      },
      {
        title: "3 Monitoring, functioning and control",
        entries: [
          ...describePrivacy(facts),
          ...describeAccess(facts),
          ...describeAudit(facts),
          ...describeEncryption(facts),
          blank("Foreseeable misuse", "and what is done about it"),
        ],
        table: tableOfAttacks(facts),
      },
      {
        title: "4 Why these measures of performance",
        entries: [
          known(
            "Scale",
            "each score is held against fresh real patients, a photocopy of the training patients and independent marginals of the same size",
            "README, Reading the table",
          ),
          blank("Aptness for the intended purpose", "which scores matter for it, and which limits"),
        ],
      },
      {
        title: "5 Risk management",
        entries: [blank("Risk management system", "article 9: process, findings, decisions")],
      },
      {
        title: "6 Changes through the lifecycle",
        entries: [
          blank(
            "Changes since the first release",
            "versions, dates, reasons; the registry's history and the change log hold those of model and software",
          ),
        ],
      },
      { title: "7 Standards", entries: [blank("Harmonised standards applied", "or other specifications")] },
      { title: "8 EU declaration of conformity", entries: [blank("Declaration", "article 47, where one is needed")] },
      {
        title: "9 Post-market monitoring",
        entries: [
          known(
            "Means",
            "metrics, alerts, drift checks of new extracts and of the model's output",
            "docs/monitoring.md, docs/drift.md",
          ),
          blank("Plan", "article 72: who looks at what, how often, and what follows"),
        ],
      },
    ],
  };
}

function describeQuality(quality: ComplianceFacts["quality"]): string {
  if (quality === null) return "not in the package";
  const levels = ["error", "warning", "information"] as const;
  return levels
    .map((level) => `${level}: ${quality.findings.filter((finding) => finding.level === level).length}`)
    .join(", ");
}
