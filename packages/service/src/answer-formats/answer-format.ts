import type { Selection } from "../selection/selection.ts";

/** Forms in which generated patients are given. */
export type AnswerFormat = "json" | "ndjson" | "csv" | "parquet";

/**
 * What an answer is to look like. Plain data, as is what it is written from, so that writing may be done on
 * another thread.
 */
export interface AnswerForm {
  readonly format: AnswerFormat;
  readonly modelVersion: string;
  readonly trainedOnSimulatedPatients: boolean;
  readonly seed: number;
  /** Patients of the whole answer. */
  readonly count: number;
  /** What of each patient is given; left out, everything. */
  readonly selection?: Selection;
}

interface FormatTraits {
  readonly mediaType: string;
  /** As the answer declares itself. */
  readonly contentType: string;
  /** False where the answer can only be written in one piece. */
  readonly inPieces: boolean;
}

/** The first is given to who does not say what he takes. */
export const answerFormats: Readonly<Record<AnswerFormat, FormatTraits>> = {
  json: { mediaType: "application/json", contentType: "application/json; charset=utf-8", inPieces: true },
  ndjson: { mediaType: "application/x-ndjson", contentType: "application/x-ndjson; charset=utf-8", inPieces: true },
  csv: { mediaType: "text/csv", contentType: "text/csv; charset=utf-8; header=present", inPieces: true },
  // The columns of a file of few rows weigh more in its footer than in their values: one group of rows, so one piece.
  parquet: {
    mediaType: "application/vnd.apache.parquet",
    contentType: "application/vnd.apache.parquet",
    inPieces: false,
  },
};

export const mediaTypesOfFormats = Object.fromEntries(
  Object.entries(answerFormats).map(([name, { mediaType }]) => [name, mediaType]),
) as Readonly<Record<AnswerFormat, string>>;
