import type { ExpressionUnit } from "@osteon/cohort";
import { syntheticPatientNotice } from "@osteon/contracts";
import type { AnswerForm } from "./answer-format.ts";

/** What the answer says of itself outside its body, in every format. */
export function provenanceHeaders(form: AnswerForm, expressionUnit: ExpressionUnit): Readonly<Record<string, string>> {
  return {
    "x-osteon-simulated": "true",
    "x-osteon-notice": syntheticPatientNotice,
    "x-osteon-model-version": form.modelVersion,
    "x-osteon-seed": String(form.seed),
    "x-osteon-trained-on-simulated-patients": String(form.trainedOnSimulatedPatients),
    "x-osteon-expression-unit": expressionUnit,
  };
}

const describedAs: Readonly<Record<keyof ReturnType<typeof provenanceHeaders>, string>> = {
  "X-Osteon-Simulated": "Always true: the patients are generated",
  "X-Osteon-Notice": "What the patients may not be used for",
  "X-Osteon-Model-Version": "Digest of the model that generated them",
  "X-Osteon-Seed": "The seed asked for, or the one drawn: with it the same patients can be had again",
  "X-Osteon-Trained-On-Simulated-Patients": "true where the training cohort was itself simulated",
  "X-Osteon-Expression-Unit": "Unit of the expression values",
};

/** The same headers for the description of the interface. */
export const describedProvenanceHeaders = Object.fromEntries(
  Object.entries(describedAs).map(([name, description]) => [name, { type: "string", description }]),
);
