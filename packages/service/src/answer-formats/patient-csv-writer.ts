import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import type { SyntheticCohort } from "@osteon/generator";
import type { AnswerForm } from "./answer-format.ts";
import { clinicalValues, columnNames } from "./columns.ts";
import { maximumNumberBytes, writeCode, writeDecimal4 } from "./format-decimal.ts";

const [comma, lineFeed] = [0x2c, 0x0a];

/**
 * Writes generated patients as rows of one wide table (RFC 4180, lines ended by LF), the header first. A value that
 * is not known is an empty cell.
 *
 * @param chunk consecutive patients of the answer
 * @param firstIndex number of the first of them under the seed; the header stands before number 0
 */
export function writePatientCsv(chunk: SyntheticCohort, firstIndex: number, form: AnswerForm): Uint8Array {
  const { cohort, pathways } = chunk;
  const patients = cohort.patientIds.length;
  const columns = columnNames(chunk);
  const header = firstIndex === 0 ? `${columns.map(quote).join(",")}\n` : "";
  const before = `true,${quote(form.modelVersion)},${form.seed},`;
  const textBytes = Buffer.byteLength(header) + patients * (Buffer.byteLength(before) + 1);
  const bytes = Buffer.allocUnsafe(textBytes + patients * columns.length * (maximumNumberBytes + 1));
  let at = bytes.write(header);
  for (let row = 0; row < patients; row++) {
    at += bytes.write(`${before}${firstIndex + row}`, at, "latin1");
    for (const value of clinicalValues(cohort.clinical, row)) at += bytes.write(`,${value ?? ""}`, at, "latin1");
    at = writeCodes(bytes, at, cohort.mutations.values, row, cohort.mutations.genes.length, UNKNOWN);
    at = writeCodes(bytes, at, cohort.copyNumber.values, row, cohort.copyNumber.genes.length, COPY_NUMBER_UNKNOWN);
    at = writeDecimals(bytes, at, cohort.expression.values, row, cohort.expression.genes.length);
    at = writeDecimals(bytes, at, pathways.values, row, pathways.names.length);
    bytes[at++] = lineFeed!;
  }
  // A copy of the right size: what was reserved is several times as much.
  return new Uint8Array(bytes.subarray(0, at));
}

function writeCodes(
  bytes: Uint8Array,
  start: number,
  values: Int8Array,
  row: number,
  width: number,
  unknown: number,
): number {
  let at = start;
  for (let k = row * width; k < (row + 1) * width; k++) {
    bytes[at++] = comma!;
    if (values[k] !== unknown) at = writeCode(bytes, at, values[k]!, unknown);
  }
  return at;
}

function writeDecimals(bytes: Uint8Array, start: number, values: Float32Array, row: number, width: number): number {
  let at = start;
  for (let k = row * width; k < (row + 1) * width; k++) {
    bytes[at++] = comma!;
    if (Number.isFinite(values[k])) at = writeDecimal4(bytes, at, values[k]!);
  }
  return at;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
