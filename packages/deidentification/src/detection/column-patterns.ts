import type { SafeHarborClass } from "./safe-harbor.ts";

interface ColumnPattern {
  readonly class: SafeHarborClass;
  readonly pattern: RegExp;
  readonly columns: readonly ("ids" | "dropped")[];
  /** A number that a measurement may be as well; not looked for in a column that is named as one. */
  readonly isNumber?: true;
  /** Tells only where next to every value is another. */
  readonly isEachOther?: true;
}

const dropped = ["dropped"] as const;

/** A capitalised word or an initial, with what stands before family names: van der, de la, da, O', bin. */
const nameWord = String.raw`(?:(?:van|von|der|den|de|del|della|la|le|da|do|dos|di|du|ten|ter|zu|bin|al|el|y|e) )*\p{Lu}['’]?(?:\p{L}[\p{L}'’-]*|\.)?`;
const nameWords = `${nameWord}(?: ${nameWord}){0,3}`;

/** Forms that mean something only when most of a column has them: a lone number of nine digits is a number. */
export const columnPatterns: readonly ColumnPattern[] = [
  {
    class: "date",
    pattern: /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
    columns: dropped,
    isNumber: true,
  },
  { class: "date", pattern: /^(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d$/, columns: dropped },
  { class: "telephone number", pattern: /^1?[2-9]\d{2}[2-9]\d{6}$/, columns: dropped, isNumber: true },
  // A month of a year is an element of a date too; and days with a time of day.
  {
    class: "date",
    pattern: /^(?:(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d|(?:19|20)\d\d[/.-](?:0[1-9]|1[0-2]))$/,
    columns: dropped,
  },
  {
    class: "date",
    pattern: /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/,
    columns: dropped,
  },
  {
    class: "telephone number",
    pattern: /^0(?:\d{1,4}[ /-]\d{2,9}(?:[ -]\d{2,4}){0,4}|\d{9,11})$/,
    columns: dropped,
    isNumber: true,
  },
  { class: "social security number", pattern: /^(?!000|666|9)\d{9}$/, columns: dropped, isNumber: true },
  // Canada, Sweden, Finland, Spain, Brazil, India, France; the British one stands among the telling forms.
  {
    class: "social security number",
    pattern:
      /^(?:\d{3}[ -]\d{3}[ -]\d{3}|\d{6}[-+A]\d{3}[\dA-Z]|\d{8}-?[A-Z]|\d{3}\.\d{3}\.\d{3}-\d\d|\d{4} \d{4} \d{4}|[12] \d\d \d\d [\dAB]{2} \d{3} \d{3}(?: \d\d)?)$/,
    columns: dropped,
  },
  // British, in threes.
  { class: "medical record number", pattern: /^\d{3}[ -]?\d{3}[ -]?\d{4}$/, columns: dropped, isNumber: true },
  {
    class: "medical record number",
    pattern: /^(?:[A-Z]{0,3}[ -]?\d{6,10}|[A-Z]{2,3}[ -]?\d{5})$/,
    columns: dropped,
    isNumber: true,
  },
  { class: "medical record number", pattern: /^\d{2,3}(?:-\d{2,3}){2,3}$/, columns: dropped },
  { class: "geographic subdivision", pattern: /^\d{5}$/, columns: dropped, isNumber: true },
  // A postal code with a town, the Canadian and the Dutch code.
  { class: "geographic subdivision", pattern: /^\d{4,5},? \p{Lu}[\p{L} '-]+$/u, columns: dropped },
  {
    class: "geographic subdivision",
    pattern: /^(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/,
    columns: dropped,
  },
  { class: "other unique identifier", pattern: /^[A-Z]{1,3}-?\d{2}-\d{3,8}$/, columns: dropped },
  // Nine digits or more in groups are some office's number.
  { class: "other unique identifier", pattern: /^(?=(?:\D*\d){9})\d+(?:[ ./-]\d+)+$/, columns: dropped },
  { class: "name", pattern: new RegExp(`^${nameWords}, ?${nameWords}$`, "u"), columns: dropped },
  { class: "name", pattern: new RegExp(`^${nameWord} (?:\\p{Lu}\\.? )?${nameWords}$`, "u"), columns: dropped },
  { class: "name", pattern: /^\p{L}{2,}[._-]\p{L}{2,}$/u, columns: ["ids"] },
  // Whatever else is a code of letters and digits, another for each patient: but for genes and variants.
  {
    class: "other unique identifier",
    pattern:
      /^(?!ENS[GTP]\d|[NX][MRP]_|TCGA-|TARGET-)(?=(?:.*\d){4})(?=.*[A-Z])[A-Z\d]+(?:[ ./-]?[A-Z\d]+){0,6}(?<=.{6})$/,
    columns: dropped,
    isNumber: true,
    isEachOther: true,
  },
];
