const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec";
const dayOfMonth = new RegExp(
  `^(?:(?<day>\\d{1,2})[-/. ](?<month>${months})|(?<month>${months})[-/. ](?<day>\\d{1,2}))$`,
  "i",
);

/** What became of a gene's name in a spreadsheet program. */
export type SpreadsheetDamage =
  | { readonly kind: "none" }
  /** A day that one gene alone turns into. */
  | { readonly kind: "mended"; readonly symbol: string }
  /** A day that two genes turn into, or none that is known. */
  | { readonly kind: "lost" };

/**
 * Spreadsheet programs turn MARCH3 into 3-Mar and SEPT2 into 2-Sep, whether the file shows the day or the
 * month first. Where one gene alone becomes that day it is mended; 1-Mar and 2-Mar may be MARCH1 and MARCH2
 * or MARC1 and MARC2, so they are lost, as is any other day. Source: Ziemann et al. 2016 (Genome Biol 17:177).
 */
export function readSpreadsheetDamage(name: string): SpreadsheetDamage {
  const found = dayOfMonth.exec(name)?.groups;
  if (found === undefined) return { kind: "none" };
  const symbol = geneOfDay(Number(found["day"]), found["month"]!.slice(0, 3).toLowerCase());
  return symbol === undefined ? { kind: "lost" } : { kind: "mended", symbol };
}

function geneOfDay(day: number, month: string): string | undefined {
  if (month === "mar" && day >= 3 && day <= 11) return `MARCHF${day}`;
  if (month === "sep" && ((day >= 1 && day <= 12) || day === 14)) return `SEPTIN${day}`;
  if (month === "sep" && day === 15) return "SELENOF";
  if (month === "dec" && day === 1) return "DELEC1";
  return undefined;
}
