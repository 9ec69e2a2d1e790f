import type { MatrixContract } from "@osteon/deidentification";
import type { SampleTable } from "../read-clinical.ts";
import type { ReadingContext } from "../reading-context.ts";

export type MatrixValues = Float32Array | Int8Array;

/** What the reading of one modality's matrix needs to know. */
export interface MatrixReading<T extends MatrixValues> {
  readonly contract: MatrixContract;
  /** Rows of the cohort. */
  readonly patients: number;
  readonly samples: SampleTable;
  /** Patient row of every chosen sample. */
  readonly chosen: ReadonlyMap<string, number>;
  /** Room for so many values, each set to the code of "not measured". */
  readonly allocate: (length: number) => T;
  /** Value stored for a number within the contract. */
  readonly convert: (value: number) => number;
}

/** The cohort's layout: row-major, patients in rows. */
export interface GeneMatrix<T extends MatrixValues> {
  readonly genes: readonly string[];
  readonly values: T;
}

/** One number a gene and sample, whatever holds them. A reader collects them with a `MatrixCollector`. */
export interface MatrixSource {
  /** By which errors name it, as `SourceTable.name`. */
  readonly name: string;
  /** Read once. */
  read<T extends MatrixValues>(context: ReadingContext, reading: MatrixReading<T>): Promise<GeneMatrix<T>>;
}
