import type { ComplianceFacts } from "../compliance-facts.ts";
import { blank, known, type ComplianceDocument } from "../entry.ts";
import { describeEvaluation, describeTraining, identifyModel } from "../known-of-model.ts";
import { describeAccess, describeAudit, describeEncryption, describeRetention } from "../known-of-operation.ts";
import { describeDeidentification, describePrivacy, tableOfAttacks, tableOfGroups } from "../known-of-privacy.ts";

/** GDPR, article 35(7). */
export function composeImpactAssessment(facts: ComplianceFacts): ComplianceDocument {
  return {
    file: "data-protection-impact-assessment.md",
    title: "Data protection impact assessment",
    purpose:
      "A draft in the order of article 35(7) of Regulation (EU) 2016/679. The assessment is the controller's; what the system knows is filled in.",
    sections: [
      {
        title: "35(7)(a) Processing and purposes",
        entries: [
          ...identifyModel(facts),
          ...describeTraining(facts),
          known(
            "Flow",
            "source, de-identification, quality check, training, evaluation on held-out patients, sealed package, service",
            "docs/architecture.md",
          ),
          blank("Controller, processors, data protection officer", "names and contacts"),
          blank("Purposes", "what the synthetic patients are for"),
          blank(
            "Legal basis",
            "article 6, and article 9(2) for data concerning health and genetic data; article 89 where it is research",
          ),
          blank("Recipients and transfers", "who gets model or files, in which countries"),
          ...describeRetention(facts),
        ],
      },
      {
        title: "35(7)(b) Necessity and proportionality",
        entries: [
          ...describeDeidentification(facts),
          ...describeEvaluation(facts),
          blank("Why fewer data would not do", "patients, variables, genes"),
          blank(
            "Information and rights of patients",
            "articles 12 to 22: information, access, objection; what erasure means for a trained model",
          ),
        ],
        table: tableOfGroups(facts),
      },
      {
        title: "35(7)(c) Risks to the rights and freedoms of patients",
        entries: [
          ...describePrivacy(facts),
          blank("Singling out, linking, inference", "likelihood and severity of each, with the figures of the table"),
          blank("Misuse as if real", "what follows if somebody takes a synthetic patient for evidence"),
          blank("Loss of keys, of data, of the audit trail", "likelihood and severity"),
        ],
        table: tableOfAttacks(facts),
      },
      {
        title: "35(7)(d) Measures",
        entries: [
          ...describeEncryption(facts),
          ...describeAccess(facts),
          ...describeAudit(facts),
          blank("Further measures of the site", "organisation, contracts, training of staff"),
          blank("Remaining risk", "and whether the supervisory authority is to be consulted (article 36)"),
        ],
      },
      {
        title: "Advice and views",
        entries: [
          blank("Advice of the data protection officer", "article 35(2)"),
          blank("Views of patients or their representatives", "article 35(9), or why they were not sought"),
          blank("Review", "when the assessment is looked at again (article 35(11))"),
        ],
      },
    ],
  };
}
