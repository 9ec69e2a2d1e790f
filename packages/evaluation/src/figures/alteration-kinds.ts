import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import type { AlterationFrequency } from "../report/evaluation-report.ts";

/** How a gene can be altered, and where a cohort says so; codes below `least` are unknown. */
export const alterationKinds = [
  { alteration: "mutated", table: "mutations", isAltered: (code: number) => code === 1, least: 0 },
  { alteration: "gained", table: "copyNumber", isAltered: (code: number) => code >= 1, least: -2 },
  { alteration: "lost", table: "copyNumber", isAltered: (code: number) => code <= -1, least: -2 },
] as const;

/** An alteration of a gene. */
export type GeneAlteration = Pick<AlterationFrequency, "gene" | "alteration">;

/** By patient: whether altered; null where unknown, as in all patients of a cohort without the gene. */
export function readGeneAlteration(
  cohort: EvaluationCohort,
  { gene, alteration }: GeneAlteration,
): readonly (boolean | null)[] {
  const { table, isAltered, least } = alterationKinds.find((kind) => kind.alteration === alteration)!;
  const { genes, values } = cohort[table];
  const column = genes.indexOf(gene);
  return Array.from(cohort.clinical.event, (_, row) => {
    const code = column < 0 ? least - 1 : values[row * genes.length + column]!;
    return code < least ? null : isAltered(code);
  });
}
