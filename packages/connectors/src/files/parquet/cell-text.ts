import type { SchemaElement } from "hyparquet";

/** The text by which a contract reads a value of a Parquet column; nothing for null. */
export function cellText(value: unknown, element: SchemaElement): string {
  if (value === null || value === undefined) return "";
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value, element);
    case "bigint":
    case "boolean":
      return String(value);
    default:
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : dateText(value);
      // Raw bytes and whatever else is no text; never in a column that is taken.
      return "(binary)";
  }
}

/** Whether values are numbers, which as ids would have lost zeros in front. */
export function isNumeric({ type, converted_type, logical_type }: SchemaElement): boolean {
  const isTime = /^(?:DATE|TIME)/.test(converted_type ?? logical_type?.type ?? "");
  if (/^(?:INT|FLOAT|DOUBLE)/.test(type ?? "") && !isTime && type !== "INT96") return true;
  return converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";
}

function numberText(value: number, { type, scale, converted_type, logical_type }: SchemaElement): string {
  if (Number.isNaN(value)) return "";
  const isDecimal = converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";
  // A decimal is scaled by a power of ten in floating point, which moves its last digit.
  if (isDecimal) return String(Number(value.toFixed(Math.min(scale ?? 0, 100))));
  // The shortest text that is the same 32-bit number: 12.3, not 12.300000190734863.
  if (type === "FLOAT") return shortestFloat(value);
  return String(value);
}

function shortestFloat(value: number): string {
  for (let digits = 6; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}

/** The day, and the time of day where there is one. */
function dateText(value: Date): string {
  return value.toISOString().replace("T00:00:00.000Z", "");
}
