import { osteonError } from "@osteon/errors";
import { isMissingCode } from "./missing-codes.ts";
import { refuseIdentifier, type CellPlace } from "./read-cell.ts";

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const fullMonthNames =
  /^(?:january|february|march|april|may|june|july|august|september|sept|october|november|december)$/;

/** 2011-03-04 and 20110304, with or without a time of day, which is not read (ISO 8601). */
const yearFirst =
  /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** 4 March 2011, 04-MAR-2011 */
const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]+)\.?[ .,-]+(\d{4})$/;
/** March 4, 2011 */
const monthFirst = /^([a-z]+)\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})$/;
/** 03/04/2011 is two days, and 04.03.11 more. */
const ambiguous = /^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[T ]|$)/;

const earliestYear = 1850;
const latestYear = 2150;
const dayMs = 86_400_000;

/**
 * The day of a cell, counted from 1 January 1970, or NaN where the cell says that it is not known. Only forms
 * that mean one day everywhere are read: the year first, or the month by its English name. 03/04/2011 is refused
 * even where the rest of the column would settle it.
 *
 * @throws deidentification.date-ambiguous, .cell-malformed, .cell-holds-identifier with the place, never the value
 */
export function readDateCell(cell: string, place: CellPlace): number {
  const text = cell.trim();
  if (isMissingCode(text)) return Number.NaN;
  const parts = splitDate(text.toLowerCase());
  if (parts === undefined) {
    if (ambiguous.test(text)) throw osteonError("deidentification.date-ambiguous", { ...place });
    refuseIdentifier(text, place, "date");
  }
  const day = parts === undefined ? undefined : countDays(...parts);
  if (day === undefined) {
    throw osteonError("deidentification.cell-malformed", { ...place, expected: "a day as YYYY-MM-DD" });
  }
  return day;
}

function splitDate(text: string): [year: number, month: number, day: number] | undefined {
  const iso = yearFirst.exec(text.toUpperCase());
  if (iso !== null) return [Number(iso[1]), Number(iso[3]), Number(iso[4])];
  const european = dayFirst.exec(text);
  if (european !== null) return [Number(european[3]), monthNumber(european[2]!), Number(european[1])];
  const american = monthFirst.exec(text);
  if (american !== null) return [Number(american[3]), monthNumber(american[1]!), Number(american[2])];
  return undefined;
}

/** 1 to 12, or 0 for what is no month. */
function monthNumber(name: string): number {
  const known = monthNames.includes(name) || fullMonthNames.test(name);
  return known ? monthNames.indexOf(name.slice(0, 3)) + 1 : 0;
}

/** Undefined for 30 February and for years in which no patient of a study lived. */
function countDays(year: number, month: number, day: number): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= earliestYear && year <= latestYear ? time / dayMs : undefined;
}
