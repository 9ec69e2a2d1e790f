import { UNKNOWN } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { SafeHarborClass } from "../detection/safe-harbor.ts";
import { classifyValue } from "../detection/value-patterns.ts";
import type { ColumnKind } from "./column-contract.ts";
import { isMissingCode } from "./missing-codes.ts";
import { isNumberText } from "./number-text.ts";

/** Where a cell stands: the file, the line from 1, the contract's name of the column and its position from 1. */
export interface CellPlace {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly ordinal: number;
}

type KindOf<T extends ColumnKind["type"]> = Extract<ColumnKind, { type: T }>;

const identifierPattern = /^[A-Za-z0-9._-]{1,128}$/;
const genePattern = /^[A-Za-z0-9][\w./@|:()'*+-]{0,99}$/;

/** "No gene". Shorter than the list of missing codes, because UNK is a gene. */
const geneMissingCodes: ReadonlySet<string> = new Set(["", "na", "n/a", "nan", ".", "-", "unknown"]);

/** A number within the contract's range, or NaN where the cell says that it is not known. */
export function readNumberCell(cell: string, kind: KindOf<"number">, place: CellPlace): number {
  const text = cell.trim();
  const spelt = kind.spellings?.get(text.toLowerCase().replaceAll(" ", ""));
  if (spelt !== undefined) return spelt;
  if (!isNumberText(text)) {
    if (isMissingCode(text)) return Number.NaN;
    refuseIdentifier(text, place);
    throw osteonError("deidentification.cell-not-a-number", { ...place, unit: kind.unit });
  }
  const value = Number(text);
  if (value < kind.minimum || value > kind.maximum) {
    const { minimum, maximum, unit } = kind;
    throw osteonError("deidentification.cell-out-of-range", { ...place, minimum, maximum, unit });
  }
  // A sign on zero would make two cohorts with the same values differ in their digests.
  return value === 0 ? 0 : value;
}

/** The meaning of a coded cell, or −1 where the cell says that it is not known. */
export function readCodeCell(cell: string, kind: KindOf<"code">, place: CellPlace): number {
  const text = cell.trim();
  const code = kind.codes.get(text.toLowerCase());
  if (code !== undefined) return code;
  if (isMissingCode(text)) return UNKNOWN;
  refuseIdentifier(text, place);
  throw osteonError("deidentification.cell-unknown-code", { ...place, allowed: [...kind.codes.keys()].join(", ") });
}

/** A source id: letters, digits, points, underscores and hyphens, as cBioPortal's validator demands. */
export function readIdentifierCell(cell: string, place: CellPlace): string {
  const text = cell.trim();
  if (text === "") throw osteonError("deidentification.cell-missing", { ...place });
  if (!identifierPattern.test(text)) {
    refuseIdentifier(text, place);
    const expected = "an id of at most 128 letters, digits, points, underscores and hyphens";
    throw osteonError("deidentification.cell-malformed", { ...place, expected });
  }
  return text;
}

/**
 * A label, whatever its case and spaces, or undefined where the cell says that it is not known. To be coded, not kept;
 * a date is taken, as batches are called by their day.
 */
export function readLabelCell(cell: string, place: CellPlace): string | undefined {
  refuseIdentifier(cell.trim(), place, "date");
  const text = cell.trim().toLowerCase().replaceAll(/\s+/g, " ");
  return isMissingCode(text) ? undefined : text;
}

/** A gene symbol, or undefined where the cell says that there is none. */
export function readGeneCell(cell: string, place: CellPlace): string | undefined {
  const text = cell.trim();
  if (geneMissingCodes.has(text.toLowerCase())) return undefined;
  refuseIdentifier(text, place);
  if (!genePattern.test(text)) {
    throw osteonError("deidentification.cell-malformed", { ...place, expected: "a gene symbol" });
  }
  return text;
}

/**
 * A cell that cannot be read and looks like a person's identifier is a leak, not a typing error.
 *
 * @param expected class that the column holds by its contract
 * @throws deidentification.cell-holds-identifier
 */
export function refuseIdentifier(text: string, place: CellPlace, expected?: SafeHarborClass): void {
  const found = classifyValue(text);
  if (found !== undefined && found !== expected) {
    throw osteonError("deidentification.cell-holds-identifier", { ...place, class: found });
  }
}
