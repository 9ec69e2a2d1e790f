/** What does not hold, as a word for programs. */
export type FindingKind =
  | "altered"
  | "removed"
  | "reordered"
  | "replaced"
  | "foreign-key"
  | "signature"
  | "cut-off"
  | "continued"
  | "torn"
  | "segment-missing"
  | "checkpoint-missing";

/** One place where the trail is not what was written. */
export interface Finding {
  readonly kind: FindingKind;
  readonly segment: number;
  /** In the segment's file, from 1; null where the whole segment is meant. */
  readonly line: number | null;
  readonly message: string;
}

/** Something to know that is no fault. */
export interface Note {
  readonly segment: number;
  readonly message: string;
}
