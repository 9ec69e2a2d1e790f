import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { nearestSquaredDistances } from "../input/nearest-distances.ts";
import type { PatientScore } from "./likelihood-ratio-attack.ts";
import { createRecordSpace } from "./record-space.ts";

/**
 * A patient's score for any model family: the negative distance of his whole record to the closest record
 * that the shadow model generated. The space is laid by all training patients, in or out, once.
 *
 * @param patients all training patients of the model under examination
 * @returns scores of a generated file with the same genes in the same order
 */
export function scoreByClosestRecord(patients: EvaluationCohort): (generated: EvaluationCohort) => PatientScore {
  const space = createRecordSpace([patients]);
  const rows = space.place(patients);
  return (generated) => {
    const { ofFirst: nearest } = nearestSquaredDistances(rows, space.place(generated), space.attributes.length);
    return (patient) => -Math.sqrt(nearest[patient]!);
  };
}
