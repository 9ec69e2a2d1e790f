import type { DeidentificationRecord } from "@osteon/deidentification";

/** What a de-identification's report is made of. */
export interface DeidentificationFacts {
  readonly record: DeidentificationRecord;
  /** Of `deidentification.json`. */
  readonly recordSha256: string;
  readonly createdAt: string;
  readonly osteonVersion: string;
  readonly simulated: boolean;
  readonly custody: {
    /** Public key that everything sealed is sealed for. */
    readonly recipient: string;
    readonly identityInRun: boolean;
    readonly pseudonymKeyInRun: boolean;
    readonly patientDataInPlain: boolean;
  };
}
