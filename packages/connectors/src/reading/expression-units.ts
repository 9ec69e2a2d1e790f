import {
  cpmContract,
  logTpmContract,
  tpmContract,
  zScoreContract,
  type MatrixContract,
} from "@osteon/deidentification";
import type { MatrixSource } from "./matrix/matrix-source.ts";
import type { ExpressionSource } from "./read-cohort.ts";

/** Units that a source may state its expression in, with the contract of their values. */
export const expressionContracts = {
  "log2(TPM+1)": logTpmContract,
  TPM: tpmContract,
  CPM: cpmContract,
  "z-score": zScoreContract,
} as const;

/** Unit of expression in a source. */
export type SourceExpressionUnit = keyof typeof expressionContracts;

/** Expression with the unit that a cohort will have it in: what is linear becomes its logarithm. */
export function expressionOf(matrix: MatrixSource, contract: MatrixContract): ExpressionSource {
  if (contract === zScoreContract) return { matrix, contract, unit: "z-score" };
  return { matrix, contract, unit: contract === cpmContract ? "log2(CPM+1)" : "log2(TPM+1)" };
}
