import { UNKNOWN } from "@osteon/cohort";
import { mean, pearsonCorrelation } from "@osteon/numerics";
import { averageSignature } from "../biology/average-signature.ts";
import { prognosticSignatures } from "../biology/prognostic-signatures.ts";
import { computeMartingaleResiduals } from "../input/martingale-residuals.ts";
import type { KnownLink } from "./known-link.ts";

/**
 * Mean over the known prognostic signatures, and over metastasis and the martingale residual of survival, of the
 * correlation in the known direction.
 */
export const clinicalLink: KnownLink = {
  name: "clinical_tumour_link",
  title: "known signatures of the tumour go with the clinical course",
  prepare: (input) => {
    const { clinical } = input.cohort;
    const courses = [
      Float64Array.from(clinical.metastasis, (code) => (code === UNKNOWN ? Number.NaN : code)),
      computeMartingaleResiduals(clinical),
    ].filter((course) => course.some((value) => !Number.isNaN(value)));
    const effects = prognosticSignatures.flatMap(({ direction, genes }) => {
      const scores = averageSignature(input, genes);
      return scores === null ? [] : courses.map((course) => ({ direction, scores, course }));
    });
    if (effects.length === 0) return null;
    return (order) =>
      mean(
        effects.map(({ direction, scores, course }) => {
          // A course or a signature that stands still goes with nothing.
          return (
            direction *
            (pearsonCorrelation(
              scores,
              scores.map((_, i) => course[order[i]!]!),
            ) ?? 0)
          );
        }),
      );
  },
};
