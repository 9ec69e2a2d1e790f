import type { SafeHarborClass } from "./safe-harbor.ts";
import { longestExamined } from "./value-patterns.ts";

/** A cell of several words is prose: what a person wrote, where a long number or code is hardly a measurement. */
const words = /(?:^|[\s(])\p{L}{2,}(?=[\s,.;:)]|$)/gu;
const fewestWords = 2;

const capitalised = String.raw`\p{Lu}[\p{L}'’-]+`;
const relatives =
  "mother|father|mom|mum|dad|parents?|wife|husband|partner|son|daughter|brother|sister|aunt|uncle|grandmother|grandfather|guardian|carer|friend";
const staff = "doctor|physician|surgeon|consultant|oncologist|nurse|referrer|therapist|GP|PCP";

/** First match wins. Numbers are named by the word before them, as far as that tells. */
const prosePatterns: readonly (readonly [SafeHarborClass, RegExp])[] = [
  [
    "name",
    new RegExp(
      String.raw`(?<!\p{L})(?:[Pp]atient|[Pp]t|${anyCase(relatives)}|${anyCase(staff)})\.?,? ?(?:is |named |called |\()?(?:\p{Lu}\. )?(?:${capitalised},? (?:\p{Lu}\.? ?|${capitalised})|\p{Lu}\p{Ll}{2,}(?=[\s,.;)]|$))`,
      "u",
    ),
  ],
  ["fax number", labelled("fax\\w*", "[+(\\d][\\d ()./-]{5,}\\d")],
  [
    "telephone number",
    labelled(
      "tel|phone|telephone|mobile|cell|call\\w*|contact|message|ring|reach\\w*|text",
      "[+(\\d][\\d ()./-]{5,}\\d",
    ),
  ],
  [
    "telephone number",
    /(?<![\w.-])[2-9]\d{2}[2-9]\d{6}(?![\w-])|(?<![\w.-])0\d{1,4}[ /-]\d{2,9}(?:[ -]\d{2,4}){0,3}(?![\w-])/,
  ],
  [
    "date",
    /(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d(?![\d.]*\d)|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/,
  ],
  [
    "geographic subdivision",
    new RegExp(
      String.raw`(?<!\p{L})(?:lives?|living|farms?|stay\w*|return|visit\w*|resid\w+|mov\w+|relocat\w+|address|home visit)\s(?:at |in |near |to |from |is )*(?:${capitalised}|\d)`,
      "iu",
    ),
  ],
  [
    "social security number",
    labelled("ssn|social security|insurance number|national id|id verified|registered with", "[\\dA-Z][\\dA-Z .-]{5,}"),
  ],
  ["medical record number", labelled("mrn|record|chart|hospital|patient|case", "\\w*\\d[\\w-]{3,}")],
  [
    "health plan number",
    labelled("policy|insur\\w+|authori[sz]\\w+|member|plan|medicare|medicaid|coverage|subscriber", "\\w*\\d[\\w-]{4,}"),
  ],
  [
    "account number",
    labelled("account|acct|encounter|invoice|payment|statement|bill\\w*|charged?|guarantor", "\\w*\\d[\\w-]{4,}"),
  ],
  ["certificate or licence number", labelled("licen[cs]e|passport|certificate|dea|npi|permit", "\\w*\\d[\\w-]{4,}")],
  [
    "vehicle identifier",
    labelled(
      "plate|registration|vehicle|car|van|truck|motorbike|ambulance|parking|vin",
      "[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4}(?:[ -]?[A-Z0-9]{2,4})?(?=[\\s.,;)]|$)",
    ),
  ],
  [
    "device identifier",
    labelled("serial|device|implant\\w*|pump|pacemaker|prosthesis|lot|s/n|udi|imei", "[(\\w]*\\d[\\w()-]{4,}"),
  ],
  [
    "biometric identifier",
    labelled("finger ?print\\w*|voice ?print\\w*|iris|retina\\w*|biometric\\w*|face template", "\\S*\\d\\S{3,}"),
  ],
  ["other unique identifier", labelled("accession|specimen|biobank|sample|barcode|uid|registry", "\\w*\\d[\\w.-]{3,}")],
  // What no word names: six digits or more, or a long code of letters and digits, but for those of genes and variants.
  [
    "other unique identifier",
    /(?<![\w.,-])(?!ENS[GTP]\d|[NX][MRP]_|rs\d|COS[MV]|LOC\d|HGNC)(?:\d[\d-]{4,}\d|(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z\d-]*\d[A-Z\d-]*\d{3}[A-Z\d-]*|(?=[a-f]*\d)[0-9a-f]{12,})(?![\w%]|[.,]\d)/,
  ],
];

/** Two capitalised words in a row, or with a comma between, are a person's in a sentence, where other words are small. */
const fullName = new RegExp(
  String.raw`(?<![\p{L}-])${capitalised}(?:,? ?(?:\p{Lu}\. ?)?(?:(?:van|von|der|den|de|del|la|da|di|el|al) ){0,2})(?<=[ ,])${capitalised}`,
  "u",
);
const announced = new RegExp(
  String.raw`(?:^|\s)(?:cc|re|from|signed|attn|[Dd]ear|[Ss]igned|[Rr]egards)[:,]? ${capitalised}`,
  "u",
);
const smallWords = /(?:^|[\s(])\p{Ll}{2,}(?=[\s,.;:)]|$)/gu;
const fewestSmallWords = 2;

/** The class of an identifier that prose mentions, if the value is prose. */
export function classifyProse(cell: string): SafeHarborClass | undefined {
  const value = cell.slice(0, longestExamined);
  if ((value.match(words)?.length ?? 0) < fewestWords) return undefined;
  const found = prosePatterns.find(([, pattern]) => pattern.test(value));
  if (found !== undefined) return found[0];
  const isSentence = (value.match(smallWords)?.length ?? 0) >= fewestSmallWords;
  return announced.test(value) || (isSentence && fullName.test(value)) ? "name" : undefined;
}

/** A word, at most a few that only connect, then the value. */
function labelled(label: string, value: string): RegExp {
  const connecting =
    "(?:['’]s)?(?:\\s+(?:no|nr|num|number|id|identification|template|scan|plate|at|to|from|of|for|with|under|on|is|as|stored|mother|father|parents|the|account|acct|visit))*\\.?";
  return new RegExp(`(?<!\\p{L})(?:${label})${connecting}\\s*[:#=(]*\\s*(?=\\S*\\s?\\S*\\d)${value}`, "iu");
}

/** Either case of the first letter, so that names can be told by their capitals. */
function anyCase(alternatives: string): string {
  return alternatives
    .split("|")
    .map((word) => `[${word[0]!.toUpperCase()}${word[0]!.toLowerCase()}]${word.slice(1)}`)
    .join("|");
}
