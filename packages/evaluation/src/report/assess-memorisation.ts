import { RandomStream, rocAreaNullRange, streamId } from "@osteon/numerics";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import type { EvaluationPanel } from "../input/evaluation-panel.ts";
import { measureMemory } from "../privacy/measure-memory.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import type { MemorisationReport } from "./validation-report.ts";

/**
 * Looks for training patients in the synthetic file, and beside it in a photocopy and in independent
 * marginals of the same size.
 *
 * @param synthetic the file, cut to what is affordable
 * @param beyondReal names of metrics in which the file beats fresh real patients as a photocopy does
 */
export function assessMemorisation(
  cohorts: AlignedCohorts,
  panel: EvaluationPanel,
  synthetic: EvaluationInput,
  options: { readonly seed: number; readonly beyondReal: readonly string[] },
): MemorisationReport {
  const input = (cohort: EvaluationCohort) => new EvaluationInput(cohort, panel);
  const random = (role: string) => new RandomStream(options.seed, streamId(`evaluation/memorisation/${role}`));
  const train = input(cohorts.train);
  const holdOut = input(cohorts.holdOut);
  const size = synthetic.patientCount;
  const photocopy = input(takePatients(cohorts.train, resampleRows(train.patientCount, size, random("photocopy"))));
  const floor = input(drawIndependentMarginals(cohorts.train, size, random("floor")));
  const nullRange = rocAreaNullRange(
    Math.max(1, train.placedRows.length),
    Math.max(1, holdOut.placedRows.length),
    0.95,
  );
  const measure = (file: EvaluationInput) => measureMemory(train, holdOut, file);
  const { membershipAuc: syntheticAuc, copies } = measure(synthetic);
  const [ofPhotocopy, ofFloor] = [measure(photocopy), measure(floor)];
  const flags: string[] = [];
  if (syntheticAuc !== null && syntheticAuc > nullRange[1]) {
    flags.push(
      `training patients can be told from others by their closest synthetic record: AUC ${syntheticAuc.toFixed(2)}, ` +
        `above the ${nullRange[1].toFixed(2)} that chance reaches here`,
    );
  }
  if (copies !== null && copies.near > 0) {
    flags.push(
      `${copies.near} of ${copies.candidates} synthetic patients repeat a training patient (${copies.exact} exactly)`,
    );
  }
  for (const name of options.beyondReal) {
    flags.push(`${name} is better than fresh real patients reach, as a photocopy's is`);
  }
  return {
    membershipAuc: {
      synthetic: syntheticAuc,
      photocopy: ofPhotocopy.membershipAuc,
      floor: ofFloor.membershipAuc,
      nullRange,
    },
    copies: { synthetic: copies, photocopy: ofPhotocopy.copies, floor: ofFloor.copies },
    flags,
  };
}
