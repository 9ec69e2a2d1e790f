import { countOf, formatFigure, formatRange, listWords } from "../markup/format.ts";
import { formatDeaths } from "../suppress-cells.ts";
import type { ComplianceFacts } from "./compliance-facts.ts";
import { known, knownOr, type Entry } from "./entry.ts";

const manifestSource = "the sealed package, manifest";
const evaluationSource = "the sealed package, record validation";
const withheld = "the package does not hold it, or was sealed with differential privacy, which withholds exact figures";

/** Which model the document is about. */
export function identifyModel({ manifest, registry }: ComplianceFacts): Entry[] {
  const { modelVersion, contentDigest, family, createdAt, osteonVersion } = manifest;
  return [
    known("Model", `${modelVersion}, of the family ${family}`, manifestSource),
    known("Digest of its content (SHA-256)", contentDigest, manifestSource),
    known("Made", `${createdAt}, by Osteon ${osteonVersion}`, manifestSource),
    knownOr(
      registry && describeRegistry(registry),
      "On air",
      "the registry, history of moves",
      "whether and where this model is used",
    ),
  ];
}

function describeRegistry({ onAir, moves, overrideReason }: NonNullable<ComplianceFacts["registry"]>): string {
  const where = onAir ? "yes" : "no";
  const why = overrideReason === null ? "" : `; the release gate was overridden, with the reason: ${overrideReason}`;
  return `${where}, after ${countOf(moves, "move")} in the history${why}`;
}

/** Who was trained on, in counts. */
export function describeTraining({ manifest, deidentification }: ComplianceFacts): Entry[] {
  const { patients, events, genes, mutationGenes, copyNumberGenes, expressionUnit, simulated } = manifest.training;
  const unit = expressionUnit === null ? "" : ` in ${expressionUnit}`;
  return [
    known("Training patients", `${patients}, ${formatDeaths(events)}`, manifestSource),
    known(
      "Are they real?",
      simulated
        ? "no: the cohort is simulated, and nothing here says anything of people"
        : "yes, as far as the source tells",
      manifestSource,
    ),
    known(
      "Genes",
      `${genes} with expression${unit}, ${mutationGenes} with mutations, ${copyNumberGenes} with copy number`,
      manifestSource,
    ),
    knownOr(
      deidentification && `${deidentification.patients}, under the release name ${deidentification.release}`,
      "Patients de-identified",
      "the sealed package, record deidentification",
      withheld,
    ),
  ];
}

/** How good the model was found, and what the gate says. */
export function describeEvaluation({ evaluation }: ComplianceFacts): Entry[] {
  const score = evaluation?.families[0]?.biologicalScore;
  const checks = evaluation?.gate.checks.map(({ statement }) => statement.replace(/\.$/, "")).join("; ");
  const verdict = (passed: boolean | null) => (passed === null ? "cannot be told" : passed ? "passed" : "not passed");
  return [
    knownOr(
      score &&
        `${formatFigure(score.calibrated)} (about 95 %: ${formatRange(score.lower, score.upper)}), over ${countOf(score.metrics.length, "metric")}; 0 is no biology, 1 as good as fresh real patients`,
      "Calibrated biological score",
      evaluationSource,
      withheld,
    ),
    knownOr(evaluation && verdict(evaluation.gate.passed), "Release gate", evaluationSource, withheld),
    knownOr(checks, "Its checks", evaluationSource, withheld),
    knownOr(
      evaluation &&
        `${evaluation.design.splits} splits; in each ${evaluation.design.trainPatients} patients to train and ${evaluation.design.holdOutPatients} held out`,
      "How it was judged",
      evaluationSource,
      withheld,
    ),
    knownOr(
      evaluation && (listWords(evaluation.limits.map((limit) => limit.replace(/\.$/, ""))) || "none was found"),
      "Limits found",
      evaluationSource,
      withheld,
    ),
  ];
}
