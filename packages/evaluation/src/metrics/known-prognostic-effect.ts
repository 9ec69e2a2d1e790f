import { UNKNOWN } from "@osteon/cohort";
import { mean, pearsonCorrelation } from "@osteon/numerics";
import { averageSignature } from "../biology/average-signature.ts";
import { prognosticSignatures } from "../biology/prognostic-signatures.ts";
import { computeMartingaleResiduals } from "../input/martingale-residuals.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Do tumours that are known to fare worse belong to patients who do? Mean over the known signatures, and over
 * metastasis and the martingale residual of survival, of the correlation in the known direction. Needs nothing
 * of the few held-out patients, and so sees a clinical table that went to other patients sooner than
 * agreement does.
 */
export const knownPrognosticEffect: Metric = {
  name: "known_prognostic_effect",
  title: "bad tumours go with bad courses",
  group: "condition",
  unit: "r",
  better: "higher",
  compute: ({ candidate }) => {
    const { clinical } = candidate.cohort;
    const courses = [
      Float64Array.from(clinical.metastasis, (code) => (code === UNKNOWN ? Number.NaN : code)),
      computeMartingaleResiduals(clinical),
    ].filter((course) => course.some((value) => !Number.isNaN(value)));
    const effects = prognosticSignatures.flatMap(({ direction, genes }) => {
      const scores = averageSignature(candidate, genes);
      // A course or a signature that stands still goes with nothing.
      return scores === null ? [] : courses.map((course) => direction * (pearsonCorrelation(scores, course) ?? 0));
    });
    return effects.length === 0
      ? missing("no prognostic signature is measured in patients of known metastasis or survival")
      : computed(mean(effects));
  },
};
