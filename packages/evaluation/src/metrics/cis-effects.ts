import { COPY_NUMBER_UNKNOWN } from "@osteon/cohort";
import { pearsonCorrelation } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { agreementOf } from "./agreement-metric.ts";
import { computed, missing, type Metric } from "./metric.ts";

/**
 * Gene dosage: by gene with both measured, the correlation of its copy-number level with its own expression, in
 * the order of the copy-number table. Source: Pollack et al. 2002, PNAS 99:12963.
 */
function correlateInCis({ cohort }: EvaluationInput): Float64Array {
  const { copyNumber, expression } = cohort;
  const rows = cohort.clinical.event.length;
  return Float64Array.from(
    copyNumber.genes.flatMap((gene, j) => {
      const column = expression.genes.indexOf(gene);
      if (column < 0) return [];
      const levels = Float64Array.from({ length: rows }, (_, i) => {
        const level = copyNumber.values[i * copyNumber.genes.length + j]!;
        return level === COPY_NUMBER_UNKNOWN ? Number.NaN : level;
      });
      const expressed = Float64Array.from(
        { length: rows },
        (_, i) => expression.values[i * expression.genes.length + column]!,
      );
      return pearsonCorrelation(levels, expressed) ?? Number.NaN;
    }),
  );
}

/** Agreement of the dosage effects in sign and size. */
export const cisEffectAgreement = agreementOf({
  name: "copy_number_cis_effect_agreement",
  title: "gene dosage is expressed alike",
  group: "biology",
  over: "genes with copy number and expression",
  effects: correlateInCis,
});

/**
 * Mean dosage effect among the candidate's patients: more copies, more RNA, in nearly every gene (Pollack et al.
 * 2002). Needs no effect of the few held-out patients, and so says more than agreement does at small n.
 */
export const meanCisEffect: Metric = {
  name: "copy_number_cis_effect",
  title: "more copies, more RNA",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ candidate }) => {
    const effects = correlateInCis(candidate);
    if (effects.length === 0) return missing("no gene has both copy number and expression");
    // A gene that stands still has no effect.
    return computed(effects.reduce((sum, effect) => sum + (Number.isNaN(effect) ? 0 : effect), 0) / effects.length);
  },
};
