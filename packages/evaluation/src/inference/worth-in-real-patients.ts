/**
 * Real patients that a file is worth, in whole ones: the errors of the model and of drawing finitely many patients from
 * it add up.
 *
 * @param effectivePatients what endlessly many of the model's patients are worth
 */
export function worthInRealPatients(effectivePatients: number, syntheticPatients: number): number {
  return Math.max(1, Math.floor(1 / (1 / effectivePatients + 1 / syntheticPatients)));
}
