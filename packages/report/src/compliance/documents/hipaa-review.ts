import type { ComplianceFacts } from "../compliance-facts.ts";
import { blank, known, type ComplianceDocument } from "../entry.ts";
import { describeEvaluation, describeTraining, identifyModel } from "../known-of-model.ts";
import {
  describeAccess,
  describeAudit,
  describeEncryption,
  describeRetention,
  describeVersions,
} from "../known-of-operation.ts";
import { describeDeidentification, describePrivacy, tableOfAttacks, tableOfGroups } from "../known-of-privacy.ts";

const design = "the design of Osteon, docs/architecture.md";

/** 45 CFR 164.312 (technical safeguards) and 164.514(a) to (c) (de-identification). */
export function composeHipaaReview(facts: ComplianceFacts): ComplianceDocument {
  return {
    file: "hipaa-review.md",
    title: "HIPAA review",
    purpose:
      "A worksheet for the review of technical safeguards (45 CFR 164.312) and of de-identification (45 CFR 164.514). What stands here is designed for these rules; whether they are met is for the covered entity to find.",
    sections: [
      {
        title: "The model",
        entries: [...identifyModel(facts), ...describeTraining(facts), ...describeVersions(facts)],
      },
      {
        title: "164.312(a) Access control",
        entries: [
          ...describeAccess(facts),
          known(
            "Automatic logoff",
            "sessions of the web application end after 30 minutes without use and after 12 hours",
            design,
          ),
          ...describeEncryption(facts),
          blank("Unique user identification", "who holds which key or account, and who keeps the list"),
          blank("Emergency access procedure", "who can open backups and models when the usual people are away"),
        ],
      },
      {
        title: "164.312(b) Audit controls",
        entries: [
          ...describeAudit(facts),
          ...describeRetention(facts),
          blank("Review", "who reads and verifies the audit trail, and how often"),
        ],
      },
      {
        title: "164.312(c) Integrity",
        entries: [
          known("Packages", "digests of every part, a signature of each version; an altered one is refused", design),
          known("What is on air", "signed moves, each chained to the one before", design),
          blank("Custody of the signing keys", "who holds them, where copies are"),
        ],
      },
      {
        title: "164.312(d) Person or entity authentication",
        entries: [
          blank("How persons are proven to be who they are", "by the identity provider, or when a key is handed out"),
        ],
      },
      {
        title: "164.312(e) Transmission security",
        entries: [blank("Networks that the service is reached over", "which, and who runs them")],
      },
      {
        title: "164.514(b) De-identification of the training cohort",
        entries: [
          ...describeDeidentification(facts),
          blank("Method", "Safe Harbor, (b)(2), or expert determination, (b)(1); with who determined it and when"),
          blank("Actual knowledge", "164.514(b)(2)(ii): whether anything left could identify a patient"),
        ],
        table: tableOfGroups(facts),
      },
      {
        title: "164.514(c) Re-identification codes",
        entries: [
          known(
            "Pseudonyms",
            "keyed (HMAC-SHA-256), not derived from what others know; apart for each release",
            design,
          ),
          blank("Custody of the pseudonym key", "who holds it; that it is not disclosed"),
        ],
      },
      {
        title: "The synthetic patients",
        entries: [
          ...describePrivacy(facts),
          ...describeEvaluation(facts),
          blank(
            "Determination",
            "whether the released files are taken for de-identified data, by whom, on what grounds",
          ),
        ],
        table: tableOfAttacks(facts),
      },
      {
        title: "Signatures",
        entries: [blank("Privacy officer", "name, date"), blank("Security officer", "name, date")],
      },
    ],
  };
}
