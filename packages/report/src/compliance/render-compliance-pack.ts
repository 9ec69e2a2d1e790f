import type { ComplianceFacts } from "./compliance-facts.ts";
import { composeDataUseAgreement } from "./documents/data-use-agreement.ts";
import { composeHipaaReview } from "./documents/hipaa-review.ts";
import { composeImpactAssessment } from "./documents/impact-assessment.ts";
import { composeIrbSummary } from "./documents/irb-summary.ts";
import { composeTechnicalDocumentation } from "./documents/technical-documentation.ts";
import { countBlanks, renderDocument } from "./entry.ts";

export interface ComplianceFile {
  readonly name: string;
  readonly text: string;
  /** Places that people have to fill in. */
  readonly blanks: number;
}

/** Stands in every document. */
const notice =
  "A draft that a program has filled in as far as it knows. It states facts and claims nothing: whether any law is complied with is for those who sign.";

/** The documents of a compliance pack, and with them the model card of the package. Deterministic. */
export function renderCompliancePack(facts: ComplianceFacts): readonly ComplianceFile[] {
  const documents = [
    composeHipaaReview(facts),
    composeIrbSummary(facts),
    composeDataUseAgreement(facts),
    composeImpactAssessment(facts),
    composeTechnicalDocumentation(facts),
  ];
  const files = documents.map((document) => ({
    name: document.file,
    text: renderDocument(document, notice),
    blanks: countBlanks(document.sections),
  }));
  return facts.modelCard === null ? files : [...files, { name: "model-card.md", text: facts.modelCard, blanks: 0 }];
}
