import type { SignedEnvelope } from "../signature/envelope.ts";

/**
 * Where the moves of the `production` pointer are kept, in their order. The last one says what is on air:
 * appending is the one atomic step of a promotion, and there is nothing else to keep in step with it.
 */
export interface MoveLog {
  /** How messages call it. */
  readonly name: string;
  /** Every envelope in order, not checked yet. */
  list(): Promise<readonly unknown[]>;
  /** False, and nothing changed, where somebody else made move number `sequence` first. */
  append(sequence: number, envelope: SignedEnvelope): Promise<boolean>;
}
