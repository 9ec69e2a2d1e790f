import type { ComplianceFacts } from "../compliance-facts.ts";
import { blank, known, type ComplianceDocument } from "../entry.ts";
import { identifyModel } from "../known-of-model.ts";
import { describeAccess, describeAudit } from "../known-of-operation.ts";
import { describePrivacy } from "../known-of-privacy.ts";

/** What an agreement on the use of model or synthetic patients has to settle. */
export function composeDataUseAgreement(facts: ComplianceFacts): ComplianceDocument {
  return {
    file: "data-use-agreement-checklist.md",
    title: "Checklist for a data use agreement",
    purpose:
      "What an agreement on the use of a model or of its synthetic patients should settle; the points of 45 CFR 164.514(e)(4) among them, which apply where the data are a limited data set. It is no agreement and no legal advice.",
    sections: [
      { title: "What is given", entries: [...identifyModel(facts), ...describePrivacy(facts)] },
      {
        title: "Parties and scope",
        entries: [
          blank("Giver and recipient", "institutions, and persons who sign for them"),
          blank(
            "What is handed over",
            "files of synthetic patients, access to the service, the sealed package, an ONNX export",
          ),
          blank("Permitted uses and who may use it", "164.514(e)(4)(ii)(A) and (B)"),
          blank("Term", "beginning, end, and what happens to the data then"),
        ],
      },
      {
        title: "Duties of the recipient",
        entries: [
          blank("No other use or disclosure", "164.514(e)(4)(ii)(C)(1)"),
          blank("Safeguards", "164.514(e)(4)(ii)(C)(2)"),
          blank("Report of uses outside the agreement", "164.514(e)(4)(ii)(C)(3): to whom, how fast"),
          blank("Agents and subcontractors", "164.514(e)(4)(ii)(C)(4): bound alike"),
          blank("No attempt to identify or contact anybody", "164.514(e)(4)(ii)(C)(5); attacks on membership included"),
          blank("Marking", "that published results say that patients are synthetic"),
          blank("No clinical use", "that no decision about a patient rests on it"),
        ],
      },
      {
        title: "What the giver's system does",
        entries: [
          ...describeAccess(facts),
          ...describeAudit(facts),
          known(
            "An ONNX export",
            "refuses no condition: whoever has it gets patients of any profile, also of one that a single training patient had",
            "the design of Osteon, README",
          ),
        ],
      },
    ],
  };
}
