import type { SafeHarborClass } from "./safe-harbor.ts";

interface ValuePattern {
  readonly class: SafeHarborClass;
  readonly pattern: RegExp;
  /** Further test of the matched text, such as a check digit. */
  readonly verify?: (match: string) => boolean;
  /**
   * False where study ids legitimately take this form. Id columns are replaced by pseudonyms, so the alarm
   * there looks only for what shows that a column of ids is a column of persons' numbers.
   */
  readonly inIdColumns: boolean;
}

/** Beginnings of the months' names in English, German, French, Spanish and Italian. */
const month =
  "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|fév|fev|avr|jui|aoû|aou|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)[a-zéûä]*";
const year = "(?:18|19|20)\\d\\d";
const number = "\\s*(?:no\\.?|nr\\.?|number|num|id|#)?\\s*[:#=-]?\\s*";

/** Forms so telling that one occurrence is enough. First match wins. */
const valuePatterns: readonly ValuePattern[] = [
  { class: "e-mail address", pattern: /[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+/, inIdColumns: true },
  { class: "URL", pattern: /\b(?:https?|ftp|file):\/\/\S|\bwww\.[\w-]+\.\w/i, inIdColumns: true },
  {
    class: "IP address",
    pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)/,
    verify: (match) => match.split(".").every((part) => Number(part) <= 255),
    inIdColumns: true,
  },
  { class: "IP address", pattern: /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/i, inIdColumns: true },
  {
    class: "IP address",
    pattern: /(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])/i,
    verify: (match) => match.includes("::"),
    inIdColumns: true,
  },
  { class: "device identifier", pattern: /(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])/i, inIdColumns: true },
  { class: "device identifier", pattern: keyword("imei|udi|serial|s/n", "[\\w-]*\\d{5,}"), inIdColumns: true },
  {
    class: "social security number",
    pattern: /(?<![\w-])(?!000|666|9\d\d)\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])/,
    inIdColumns: true,
  },
  {
    class: "social security number",
    pattern: keyword("ssn|social security", "\\d{3}-?\\d{2}-?\\d{4}"),
    inIdColumns: true,
  },
  {
    class: "medical record number",
    pattern: keyword("mrn|med(?:ical)? rec(?:ord)?|hospital|chart|nhs", "[a-z]{0,3}\\d{4,}"),
    inIdColumns: true,
  },
  { class: "medical record number", pattern: /(?:^|[^A-Za-z])MRN[-_.]?\d{3,}/i, inIdColumns: true },
  {
    class: "health plan number",
    pattern: keyword("policy|insurance|member|medicare|medicaid|beneficiary", "[a-z]{0,3}\\d{5,}"),
    inIdColumns: true,
  },
  {
    class: "certificate or licence number",
    pattern: keyword("licen[cs]e|passport|certificate", "[a-z]{0,3}\\d{5,}"),
    inIdColumns: true,
  },
  { class: "account number", pattern: keyword("account|acct|iban", "[a-z]{0,3}\\d{5,}"), inIdColumns: true },
  {
    class: "account number",
    pattern: /(?<!\w)[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?!\w)/,
    verify: isInternationalAccount,
    inIdColumns: true,
  },
  { class: "fax number", pattern: keyword("fax|telefax", "\\+?[\\d(][\\d ().-]{5,}"), inIdColumns: true },
  {
    class: "telephone number",
    pattern:
      /(?<![\w.-])(?:\+?\d{1,3}[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])|(?<!\w)\+\d{1,3}[ .-]?\(?\d[\d ().-]{6,14}\d/,
    inIdColumns: true,
  },
  {
    class: "date",
    pattern: new RegExp(`(?<!\\d)${year}([-/.])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12]\\d|3[01])(?!\\d)`),
    inIdColumns: true,
  },
  {
    class: "date",
    pattern: new RegExp(`(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])([-/.])(?:0?[1-9]|[12]\\d|3[01])\\1${year}(?!\\d)`),
    inIdColumns: true,
  },
  {
    class: "date",
    pattern: /(?<![\d/])(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|[12]\d|3[01])\/\d\d(?![\d/])/,
    inIdColumns: true,
  },
  {
    class: "date",
    pattern: new RegExp(
      `(?<!\\w)(?:\\d{1,2}(?:st|nd|rd|th)?[ .-]*(?:de )?${month}[ .,-]*(?:de )?${year}|${month}[ .]+(?:\\d{1,2}(?:st|nd|rd|th)?,? +)?${year})(?!\\d)`,
      "i",
    ),
    inIdColumns: true,
  },
  // France, in pairs.
  { class: "telephone number", pattern: /(?<![\d.])0[1-9](?:[ .-]\d{2}){4}(?!\d)/, inIdColumns: true },
  // United Kingdom, Italy, Brazil.
  {
    class: "social security number",
    pattern:
      /(?<!\w)(?:[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]|\d{3}\.\d{3}\.\d{3}-\d\d)(?!\w)/,
    inIdColumns: true,
  },
  // Medicare's beneficiary identifier, and its predecessor.
  {
    class: "health plan number",
    pattern: /(?<![\w-])(?:[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}|\d{3}-\d{2}-\d{4}[A-Z]\d?)(?![\w-])/,
    inIdColumns: true,
  },
  // Global trade item number with the application identifiers of UDI.
  { class: "device identifier", pattern: /\(01\)\d{14}/, inIdColumns: true },
  {
    class: "vehicle identifier",
    pattern: /(?<!\w)[A-HJ-NPR-Z0-9]{17}(?!\w)/,
    verify: isVehicleNumber,
    inIdColumns: true,
  },
  {
    class: "geographic subdivision",
    pattern:
      /(?<!\w)\d{1,6}[A-Za-z]? (?:[A-Za-z0-9'.-]+ ){1,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|square|close|crescent|terrace|grove|gardens?|hill|mews|row|parkway|pkwy|highway|hwy|circle|trail|loop|walk|green)\b/i,
    inIdColumns: true,
  },
  {
    class: "geographic subdivision",
    pattern:
      /(?<!\p{L})(?:\p{L}+(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|ufer|damm|laan|straat|gracht|plein|gatan|vej|gade|veien)|(?:rue|avenue|boulevard|chemin|impasse|quai|calle|avenida|plaza|paseo|carrer|via|viale|piazza|corso|largo|rua|travessa|praça|ulica|ul\.|aleja)(?: \p{L}[\p{L}'’.-]*){1,4}) \d{1,5}(?!\w)/iu,
    inIdColumns: true,
  },
  {
    class: "geographic subdivision",
    pattern:
      /(?<!\w)\d{1,5},? (?:bis |ter )?(?:rue|avenue|boulevard|chemin|impasse|quai|place|cours) \p{L}[\p{L}'’. -]+/iu,
    inIdColumns: true,
  },
  { class: "geographic subdivision", pattern: /(?<![\w-])\d{5}-\d{4}(?![\w-])/, inIdColumns: false },
  { class: "geographic subdivision", pattern: /(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)/, inIdColumns: true },
  { class: "geographic subdivision", pattern: keyword("zip(?: ?code)?|post ?code", "\\d{5}"), inIdColumns: true },
  { class: "name", pattern: /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? +\p{Lu}[\p{L}'-]+/u, inIdColumns: true },
  {
    class: "name",
    pattern: /\b(?:patient|name|mother|father|surname)(?: name)? ?[:=] ?\p{Lu}[\p{L}'-]+/iu,
    inIdColumns: true,
  },
  { class: "photograph", pattern: /[\w-]\.(?:jpe?g|png|tiff?|bmp|heic|dcm)\b/i, inIdColumns: true },
  {
    class: "other unique identifier",
    pattern: /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/i,
    inIdColumns: false,
  },
  // Object identifiers of DICOM studies, series and images.
  { class: "other unique identifier", pattern: /(?<![\w.])[0-2](?:\.\d+){5,}(?!\w)/, inIdColumns: false },
  { class: "biometric identifier", pattern: /(?<!\w)(?:FMR|FIR|CBEFF|IRIS)[:_-][\da-f]{12,}/i, inIdColumns: true },
];

/** Longest text examined of one cell; what is longer is free text, and its beginning shows that. */
export const longestExamined = 4096;

/**
 * The class of identifier that a single value has the form of, if any. Only forms that one occurrence
 * settles; bare runs of digits and plain names are judged by the column, in the identifier detector.
 */
export function classifyValue(value: string, options?: { readonly idColumn: boolean }): SafeHarborClass | undefined {
  // Nothing shorter than 1/1/11 has a telling form; this spares most cells of a table the whole list.
  if (value.length < 6) return undefined;
  const text = value.slice(0, longestExamined);
  for (const entry of valuePatterns) {
    if (options?.idColumn === true && !entry.inIdColumns) continue;
    const match = entry.pattern.exec(text);
    if (match !== null && (entry.verify === undefined || entry.verify(match[0]))) return entry.class;
  }
  return undefined;
}

/** "MRN: 1234", "policy no. 12345": a word, an optional "number", then the number. */
function keyword(words: string, value: string): RegExp {
  return new RegExp(`\\b(?:${words})${number}${value}`, "i");
}

/** ISO 13616: letters as 10 … 35, the first four characters moved behind, remainder 1 modulo 97. */
function isInternationalAccount(text: string): boolean {
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** 49 CFR 565.15: weighted sum of transliterated characters modulo 11 equals the ninth character. */
function isVehicleNumber(text: string): boolean {
  if (/^\d+$/.test(text)) return false;
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  const values = "12345678123457923456789";
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const character = text[i]!;
    const digit = character >= "0" && character <= "9" ? Number(character) : Number(values[letters.indexOf(character)]);
    sum += digit * weights[i]!;
  }
  const check = sum % 11;
  return text[8] === (check === 10 ? "X" : String(check));
}
