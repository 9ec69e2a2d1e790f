import { osteonError, type OsteonError } from "@osteon/errors";

/** Something that a query lacks, in a sentence that names the query and the column, never a value. */
export interface QueryFault {
  readonly query: string;
  readonly sentence: string;
}

/** All faults in one error, so that one round of mending does. */
export function columnsError(faults: readonly QueryFault[]): OsteonError {
  return osteonError("connectors.query-columns", {
    found: faults.length === 1 ? "a fault" : `${faults.length} faults`,
    faults: faults.map(({ query, sentence }) => `\n  - ${query}: ${sentence}`).join(""),
  });
}
