import type { PrivacyStatement } from "@osteon/generator";

/** In what sense a released model is differentially private, and of what that holds. */
export interface DifferentialPrivacy extends PrivacyStatement {
  /** Genes of the panel that was named beforehand. */
  readonly panel: Readonly<Record<"mutations" | "copyNumber" | "expression", number>>;
  readonly covered: readonly string[];
  readonly notCovered: readonly string[];
}
