import type { ComplianceFacts } from "../compliance-facts.ts";
import { blank, known, type ComplianceDocument } from "../entry.ts";
import { describeEvaluation, describeTraining, identifyModel } from "../known-of-model.ts";
import { describeEncryption, describeRetention } from "../known-of-operation.ts";
import { describeDeidentification, describePrivacy } from "../known-of-privacy.ts";

/** For an institutional review board or ethics committee. */
export function composeIrbSummary(facts: ComplianceFacts): ComplianceDocument {
  return {
    file: "irb-summary.md",
    title: "Summary for the institutional review board",
    purpose:
      "The facts that a board or ethics committee asks for about a generator of synthetic patients. It is a draft to be completed by the investigator.",
    sections: [
      {
        title: "The study",
        entries: [
          blank("Title and protocol number", "as registered with the board"),
          blank("Principal investigator", "name, department"),
          blank("Purpose", "the question, and why synthetic patients are needed for it"),
          blank("Basis", "consent, waiver of consent, or exemption (45 CFR 46.104(d)(4)), with its date"),
          blank("Children", "whether 45 CFR 46 subpart D applies, and what follows"),
        ],
      },
      { title: "The data used", entries: [...describeTraining(facts), ...describeDeidentification(facts)] },
      {
        title: "What is made",
        entries: [
          ...identifyModel(facts),
          ...describeEvaluation(facts),
          known(
            "Use that it is made for",
            "research and development on data of the shape of a cohort; no clinical decision, no evidence by itself",
            "the model card",
          ),
        ],
      },
      {
        title: "Risks to the patients",
        entries: [
          ...describePrivacy(facts),
          blank("Assessment of the remaining risk", "for the patient at most risk, and for groups of patients"),
        ],
      },
      {
        title: "Protection",
        entries: [
          ...describeEncryption(facts),
          ...describeRetention(facts),
          blank("Who may see what", "training data, model, synthetic patients"),
          blank("End", "when and how data, model and keys are destroyed"),
        ],
      },
    ],
  };
}
