import type { ClinicalTable } from "@osteon/cohort";

/** What is drawn of either side; null where there is too little, and then why. */
export interface Sides<T> {
  readonly real: T | null;
  readonly synthetic: T | null;
  readonly reason?: string;
}

/** @param draw what is drawn of one side, or why it is not */
export function compareSides<T extends object>(
  clinical: { readonly real: ClinicalTable; readonly synthetic: ClinicalTable },
  draw: (clinical: ClinicalTable, who: "real" | "synthetic") => T | string,
): Sides<T> {
  const real = draw(clinical.real, "real");
  const synthetic = draw(clinical.synthetic, "synthetic");
  const reasons = [real, synthetic].filter((drawn) => typeof drawn === "string");
  return {
    real: typeof real === "string" ? null : real,
    synthetic: typeof synthetic === "string" ? null : synthetic,
    ...(reasons.length > 0 && { reason: reasons.join("; ") }),
  };
}
