import { osteonError } from "@osteon/errors";
import type { ValidationReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";

/**
 * The stricter privacy setting that `small_cohort` turns on: no model is sealed whose patients, in validation,
 * repeated one that it was trained on. Among few patients one copy is a large share of what there is.
 *
 * @throws pipeline.copies
 */
export function refuseCopies(
  { strictPrivacy }: Pick<QualityReport, "strictPrivacy">,
  { memorisation }: Pick<ValidationReport, "memorisation">,
  report: string,
): void {
  const copies = memorisation.copies.synthetic;
  if (!strictPrivacy || copies === null || copies.near === 0) return;
  throw osteonError("pipeline.copies", { near: copies.near, candidates: copies.candidates, report });
}
