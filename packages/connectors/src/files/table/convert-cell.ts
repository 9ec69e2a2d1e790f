import { daysPerMonth, isNumberText, type CellPlace, type ColumnKind } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";

/** How the cells of one column become what the contract takes. */
export interface CellConversion {
  readonly kind: ColumnKind["type"];
  /** Codes for "not known", in lower case. */
  readonly missing: ReadonlySet<string>;
  /** Values of the file, in lower case, and those of the contract. */
  readonly coding: ReadonlyMap<string, string>;
  readonly decimal: "." | ",";
  /** Of one of the file's unit, how many of the contract's; undefined where they are the same. */
  readonly factor: number | undefined;
  readonly dates: string | undefined;
  readonly idDigits: number | undefined;
}

const daysPerYear = 365.25;

const factors: Readonly<Record<string, number>> = {
  "OS_MONTHS:days": 1 / daysPerMonth,
  "OS_MONTHS:years": daysPerYear / daysPerMonth,
  "AGE:days": 1 / daysPerYear,
  "AGE:months": 1 / 12,
  "PERCENT_NECROSIS:fraction": 100,
};

/** Of one of a unit that a mapping may state, how many of the contract's. */
export function factorOf(column: string, unit: string | undefined): number | undefined {
  return unit === undefined ? undefined : factors[`${column}:${unit}`];
}

/** @throws files.decimal for a point where the file has decimal commas */
export function convertCell(cell: string, conversion: CellConversion, place: () => CellPlace): string {
  const text = cell.trim();
  const key = text.toLowerCase();
  if (conversion.missing.has(key)) return "";
  const coded = conversion.coding.get(key);
  if (coded !== undefined) return coded;
  switch (conversion.kind) {
    case "number":
      return convertNumber(text, conversion, place);
    case "date":
      return isoDate(text, conversion.dates);
    case "identifier":
      return conversion.idDigits !== undefined && /^\d+$/.test(text) ? text.padStart(conversion.idDigits, "0") : text;
    default:
      return text;
  }
}

function convertNumber(text: string, { decimal, factor }: CellConversion, place: () => CellPlace): string {
  let plain = text;
  if (decimal === ",") {
    // 1.234 means a thousand here, or is a slip: not to be guessed.
    if (/\d\.\d/.test(text)) {
      const { file, line, ordinal } = place();
      throw osteonError("files.decimal", {
        file,
        reason: `line ${line}, column ${ordinal} has a point, others a comma`,
      });
    }
    if (/^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/.test(text)) plain = text.replace(",", ".");
  }
  return factor === undefined || !isNumberText(plain) ? plain : String(Number(plain) * factor);
}

/** Year first, as the contract takes dates. What is not of the stated form goes on as it is. */
function isoDate(text: string, form: string | undefined): string {
  if (form === undefined || form === "YYYY-MM-DD") return text;
  const [, first, second, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T].*)?$/.exec(text) ?? [];
  const hasMark = form.includes(".") ? text.includes(".") : text.includes("/");
  if (first === undefined || !hasMark) return text;
  const [day, month] = form.startsWith("MM") ? [second!, first] : [first, second!];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
