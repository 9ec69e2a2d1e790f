import { osteonError } from "@osteon/errors";
import type { FamilyEvaluation } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";

/**
 * The stricter privacy setting that `small_cohort` turns on: no model is sealed whose patients, in validation,
 * repeated one that it was trained on. Among few patients one copy is a large share of what there is.
 *
 * @throws pipeline.copies
 */
export function refuseCopies(
  { strictPrivacy }: Pick<QualityReport, "strictPrivacy">,
  { families: [released] }: { readonly families: readonly Pick<FamilyEvaluation, "memorisation">[] },
  report: string,
): void {
  const copies = released?.memorisation.copies.synthetic ?? null;
  if (!strictPrivacy || copies === null || copies.near === 0) return;
  throw osteonError("pipeline.copies", { near: copies.near, candidates: copies.candidates, report });
}
