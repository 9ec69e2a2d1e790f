import { formatFigure, formatRange, formatShare } from "../markup/format.ts";
import { formatCell, hideLeadingCount } from "../suppress-cells.ts";
import type { ComplianceFacts } from "./compliance-facts.ts";
import { known, knownOr, type DocumentSection, type Entry } from "./entry.ts";

const privacySource = "the sealed package, record privacy";
const recordSource = "the sealed package, record deidentification";
const withheld = "the package does not hold it, or was sealed with differential privacy, which withholds exact figures";

/** What attacks on file and model found, over all patients and for the one at most risk. */
export function describePrivacy({ privacy, guarantee, manifest, smallestCell }: ComplianceFacts): Entry[] {
  const attack = privacy?.likelihoodRatio.result;
  const worst = attack?.worstPatient;
  const spent = manifest.differentialPrivacy;
  return [
    knownOr(privacy?.gate.verdict, "Privacy gate", privacySource, withheld),
    knownOr(privacy && (privacy.gate.reasons.join("; ") || "none"), "Its reasons", privacySource, withheld),
    knownOr(privacy?.copies.reading, "Copies of training patients", privacySource, withheld),
    knownOr(
      privacy?.likelihoodRatio.reading,
      "Membership by shadow models (likelihood ratio)",
      privacySource,
      withheld,
    ),
    knownOr(
      attack && `AUC ${formatFigure(attack.auc.value)} (${formatRange(attack.auc.lower, attack.auc.upper)})`,
      "Its figure over all training patients",
      privacySource,
      "train shadow models (validation.shadow_models), or say why not",
    ),
    knownOr(
      worst &&
        `${formatShare(worst.correct)} right answers (${formatShare(worst.lower)} to ${formatShare(worst.upper)})`,
      "The patient at most risk",
      privacySource,
      "train shadow models (validation.shadow_models: 64), or say why not",
    ),
    known(
      "Differential privacy",
      spent === undefined
        ? "no"
        : `ε ${spent.epsilon}, δ ${spent.delta}; covered: ${(guarantee?.covered ?? []).join("; ")}`,
      "the sealed package, manifest",
    ),
    known(
      "Rare profiles",
      smallestCell === null
        ? "the package answers profiles without conditions alone"
        : `refused where fewer than ${smallestCell} training patients are behind them`,
      "the sealed package, floor on conditions",
    ),
  ];
}

/** Each attack in a row of a table. */
export function tableOfAttacks({ privacy }: ComplianceFacts): NonNullable<DocumentSection["table"]> {
  return {
    columns: ["attack", "verdict", "what it found"],
    rows: (privacy?.attacks ?? []).map(({ title, verdict, reading }) => [title, verdict, reading]),
  };
}

/** What was taken, dropped, changed and refused; counts of one to four are not told. */
export function describeDeidentification({ deidentification: record }: ComplianceFacts): Entry[] {
  const dropped = record?.dropped.map(({ table, column, reason }) => `${table}/${column} (${reason})`);
  return [
    knownOr(
      record && (record.taken.map(({ table, column, role }) => `${table}/${column} (${role})`).join(", ") || "none"),
      "Columns taken",
      recordSource,
      withheld,
    ),
    knownOr(dropped && (dropped.join(", ") || "none"), "Columns dropped", recordSource, withheld),
    knownOr(
      record &&
        record.changed
          .map(({ column, treatment, count }) => `${column}: ${treatment} (patients: ${formatCell(count)})`)
          .join("; "),
      "Values changed",
      recordSource,
      withheld,
    ),
    knownOr(
      record &&
        (record.refused.map(({ table, reason, count }) => `${table}: ${reason} (${formatCell(count)})`).join("; ") ||
          "none"),
      "Rows refused",
      recordSource,
      withheld,
    ),
    knownOr(
      record &&
        (record.findings.map(({ table, column, class: kind }) => `${table}/${column}: ${kind}`).join("; ") || "none"),
      "Alarms of the detection, all on dropped columns",
      recordSource,
      withheld,
    ),
    knownOr(record && (record.notes.map(hideLeadingCount).join(" ") || "none"), "Notes", recordSource, withheld),
    knownOr(record?.cohortSha256, "Digest of the de-identified cohort (SHA-256)", recordSource, withheld),
  ];
}

/** Sizes of the groups of patients who look alike in the de-identified cohort. */
export function tableOfGroups({ deidentification }: ComplianceFacts): NonNullable<DocumentSection["table"]> {
  return {
    columns: ["variables that somebody may know", "groups", "smallest group", "patients in groups of fewer than 5"],
    rows: (deidentification?.quasiIdentifierCells ?? []).map(
      ({ variables, cells, smallestCell, patientsInSmallCells }) => [
        variables.join(", "),
        String(cells),
        smallestCell === null ? "fewer than 5" : String(smallestCell),
        patientsInSmallCells === null ? "fewer than 5" : String(patientsInSmallCells),
      ],
    ),
  };
}
