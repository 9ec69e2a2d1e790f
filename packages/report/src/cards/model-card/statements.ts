import { asSentence, countOf } from "../../markup/format.ts";
import { stateVerdict } from "../../sections/verdict.ts";
import { sayInFull } from "../../sections/reading.ts";
import { readPrivacy } from "../../sections/privacy.ts";
import { formatCell } from "../../suppress-cells.ts";
import type { ModelCardInput } from "./model-card-input.ts";

/** What a run does not know of itself. */
export const unsaid = "Not stated by the run; whoever releases the model has to state it.";

/** Who releases it, under which terms, and what to cite. */
export function statePublisher({ publisher }: ModelCardInput): string {
  return publisher === null
    ? "Developer, contact, licence of the model and citation are not stated by the run; whoever releases the model has to state them."
    : `Developed by ${publisher.developer}; questions to ${publisher.contact}; licence: ${publisher.licence}.`;
}

/** The gate's verdict with its reasons. */
export function stateGate({ evaluation, privacy }: ModelCardInput): string {
  const { sentence, reasons } = stateVerdict({ evaluation, privacy });
  return [sentence, ...reasons].join(" ");
}

export function stateTraining({ manifest: { training }, sourceKind }: ModelCardInput): string {
  const { patients, events, genes, mutationGenes, copyNumberGenes, expressionUnit } = training;
  const expression = expressionUnit === null ? "no expression" : `${genes} genes' expression in ${expressionUnit}`;
  return (
    `${countOf(patients, "patient")} from a ${sourceKind}, of whom ${formatCell(events)} died in follow-up; ${expression}, ` +
    `${countOf(mutationGenes, "gene")} for mutations, ${countOf(copyNumberGenes, "gene")} for copy number.` +
    (training.simulated ? " These patients are simulated: no person stands behind them." : "")
  );
}

export function statePretraining({ pretrainingPatients }: ModelCardInput): string {
  return pretrainingPatients === null
    ? "No other cohort took part in the training."
    : `The network was trained on ${countOf(pretrainingPatients, "patient")} of another cohort first, which this card does not describe.`;
}

export function stateDeidentification({
  deidentification: { release, taken, dropped, changed },
}: ModelCardInput): string {
  const treatments = [...new Set(changed.map(({ treatment }) => treatment))];
  return asSentence(
    `patient ids were replaced by keyed pseudonyms (release ${release}): ${countOf(taken.length, "column")} taken, ` +
      `${dropped.length} dropped${treatments.length === 0 ? "" : `; ${treatments.join("; ")}`}`,
  );
}

export function statePrivacy({ privacy }: ModelCardInput): string {
  return sayInFull(readPrivacy(privacy));
}

export function stateMemory({ evaluation }: ModelCardInput): string {
  const flags = evaluation.families[0]!.memorisationFlags;
  return flags.length === 0
    ? "No score points to memory of the training patients."
    : `Signs of memory: ${flags.map(asSentence).join(" ")}`;
}

export function stateArchitecture({ architecture, manifest }: ModelCardInput): string {
  if (architecture === null)
    return `The family ${manifest.family} was set in the configuration, not chosen by its scores.`;
  return asSentence(
    `the family was chosen on ${countOf(architecture.splits, "split")} of the training patients: ${architecture.reason}`,
  );
}

export function stateDesign({ evaluation: { design } }: ModelCardInput): string {
  return (
    `${countOf(design.splits, "repeated split")}, stratified; in each, a model is fitted to ${countOf(design.trainPatients, "patient")} and judged on ` +
    `the ${design.holdOutPatients} others. Every file compared has ${countOf(design.candidatePatients, "patient")}, the references too.`
  );
}
