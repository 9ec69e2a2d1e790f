import type { PatientPart } from "@osteon/contracts";

/** What of each patient an answer carries. Plain data; left out, everything of its kind. */
export interface Selection {
  readonly parts?: readonly PatientPart[];
  readonly genes?: readonly string[];
  readonly pathways?: readonly string[];
}
