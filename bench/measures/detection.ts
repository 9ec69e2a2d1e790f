import { createIdentifierDetector, safeHarborClasses, type SafeHarborClass } from "@osteon/deidentification";
import { exactBinomialInterval, type ShareInterval } from "@osteon/numerics";
import {
  developmentColumns,
  secondColumns,
  standardsColumns,
  warehouseColumns,
  wardsColumns,
  type ClinicalColumn,
} from "./hospital-tables/clinical-columns.ts";
import { Draw } from "./hospital-tables/draw.ts";
import { developmentForms, secondForms, standardsForms, type Form } from "./hospital-tables/identifier-forms.ts";
import {
  developmentVocabulary,
  secondVocabulary,
  standardsVocabulary,
  warehouseVocabulary,
  wardsVocabulary,
} from "./hospital-tables/vocabulary.ts";
import type { Statement } from "./statement.ts";

/** Words, forms and clinical columns that tables are made of. */
export const vocabularies = {
  development: { words: developmentVocabulary, forms: developmentForms, clinical: developmentColumns },
  second: { words: secondVocabulary, forms: secondForms, clinical: secondColumns },
  standards: { words: standardsVocabulary, forms: standardsForms, clinical: standardsColumns, wardsColumns },
  wards: { words: wardsVocabulary, forms: standardsForms, clinical: wardsColumns },
  warehouse: { words: warehouseVocabulary, forms: standardsForms, clinical: warehouseColumns },
} as const;

export type VocabularyName = keyof typeof vocabularies;

/** Where a column shows that it identifies. */
const places = ["header", "values", "text"] as const;
type Place = (typeof places)[number];

export interface HospitalColumn {
  /** Null for a clinical column that identifies nobody. */
  readonly class: SafeHarborClass | null;
  readonly place: Place | null;
  readonly header: string;
  readonly values: readonly string[];
}

/** Classes whose identifiers have a form of their own; the others are numbers until a header or a sentence says of what. */
const tellingForms: ReadonlySet<SafeHarborClass> = new Set([
  "name",
  "geographic subdivision",
  "date",
  "telephone number",
  "fax number",
  "e-mail address",
  "social security number",
  "medical record number",
  "URL",
  "IP address",
  "photograph",
  "other unique identifier",
]);

const emptyHeaders = ["FIELD_7", "X12", "Var", "Spalte 4", "Column1", "misc", "Q3"];
const noteHeaders = ["Notes", "Free text", "Remarks", "History", "Bemerkung", "FIELD_9"];
const missing = ["", "NA", "unknown", "-", "n/a"];

/** One column of a hospital's table: 40 to 160 rows, some of them missing, padded or of another form. */
export function drawIdentifierColumn(
  kind: SafeHarborClass,
  place: Place,
  draw: Draw,
  { words, forms, clinical }: (typeof vocabularies)[VocabularyName],
): HospitalColumn {
  const mainForm = draw.pick(forms[kind]);
  const write = (): string => {
    const form: Form = draw.chance(0.1) ? draw.pick(forms[kind]) : mainForm;
    return form(draw, words);
  };
  const notes = clinical.filter(({ headers }) => /comment|findings|note/i.test(headers[0]!));
  const note = () => draw.pick(notes).value(draw);
  const rows = draw.integer(40, 160);
  const missingShare = draw.pick([0, 0.1, 0.4]);
  const mentions = draw.pick([0.1, 0.3, 0.9]);
  const values = Array.from({ length: rows }, (_, row) => {
    // Three mentions at least, or a column of notes might hold none.
    if (place !== "text") return draw.chance(missingShare) ? draw.pick(missing) : soil(write(), draw);
    if (row > 2 && !draw.chance(mentions)) return draw.chance(missingShare) ? draw.pick(missing) : note();
    return `${draw.chance(0.5) ? `${note()}. ` : ""}${draw.pick(words.sentences[kind]).replace("{}", () => write())}`;
  });
  const header = { header: words.headers[kind], values: emptyHeaders, text: noteHeaders }[place];
  return { class: kind, place, header: soilHeader(draw.pick(header), draw), values };
}

export function drawClinicalColumn({ headers, value }: ClinicalColumn, draw: Draw): HospitalColumn {
  const missingShare = draw.pick([0, 0.1, 0.4]);
  const values = Array.from({ length: draw.integer(40, 160) }, () =>
    draw.chance(missingShare) ? draw.pick(missing) : soil(value(draw), draw),
  );
  return { class: null, place: null, header: soilHeader(draw.pick(headers), draw), values };
}

/** As exports have it: spaces around, now and then a stray mark. */
function soil(value: string, draw: Draw): string {
  if (draw.chance(0.05)) return ` ${value} `;
  return draw.chance(0.03) ? `${value} ?` : value;
}

function soilHeader(header: string, draw: Draw): string {
  return draw.pick([
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase().replaceAll(/[ -]+/g, "_"),
    (text: string) => ` ${text}`,
    (text: string) => `pat.${text}`,
  ])(header);
}

/** Whether the alarm fires, as it would on a column of a clinical table that is dropped. */
export function isDetected({ header, values }: Pick<HospitalColumn, "header" | "values">): boolean {
  return classesOf({ header, values }).length > 0;
}

function classesOf({ header, values }: Pick<HospitalColumn, "header" | "values">): readonly SafeHarborClass[] {
  const detector = createIdentifierDetector(header, { column: "dropped" });
  for (const value of values) detector.examine(value.trim());
  return detector.report().map(({ class: found }) => found);
}

interface DetectionRow {
  readonly class: SafeHarborClass;
  readonly place: Place;
  readonly columns: number;
  readonly detected: number;
  /** Detected as what it is. */
  readonly named: number;
}

export interface DetectionFigures {
  readonly vocabulary: VocabularyName;
  readonly rows: readonly DetectionRow[];
  /** Clinical columns by their first header, and how many alarms they gave. */
  readonly clinical: readonly { readonly header: string; readonly columns: number; readonly alarms: number }[];
  readonly recall: ShareInterval;
  /** Of the columns alarmed, as many clinical as identifying ones being looked at. */
  readonly precision: ShareInterval;
  readonly missed: readonly HospitalColumn[];
}

/**
 * How many columns of each class the alarm finds, and how many clinical ones it takes for identifiers.
 *
 * @param repeats columns of each class and place; as many clinical ones in all
 */
export function measureDetection(
  vocabulary: VocabularyName,
  { seed, repeats }: { readonly seed: number; readonly repeats: number },
): DetectionFigures {
  const set = vocabularies[vocabulary];
  const missed: HospitalColumn[] = [];
  let index = 0;
  const rows = safeHarborClasses.flatMap((kind) =>
    places
      .filter((place) => place !== "values" || tellingForms.has(kind))
      .map((place): DetectionRow => {
        const columns = Array.from({ length: repeats }, () =>
          drawIdentifierColumn(kind, place, new Draw(seed, index++), set),
        );
        const found = columns.map(classesOf);
        missed.push(...columns.filter((_, i) => found[i]!.length === 0));
        return {
          class: kind,
          place,
          columns: repeats,
          detected: found.filter(({ length }) => length > 0).length,
          named: found.filter((classes) => classes.includes(kind)).length,
        };
      }),
  );
  const total = sum(rows.map(({ columns }) => columns));
  const each = Math.ceil(total / set.clinical.length);
  const clinical = set.clinical.map((column) => {
    const alarms = Array.from({ length: each }, () => isDetected(drawClinicalColumn(column, new Draw(seed, index++))));
    return { header: column.headers[0]!, columns: each, alarms: alarms.filter(Boolean).length };
  });
  const detected = sum(rows.map((row) => row.detected));
  const alarms = sum(clinical.map((row) => row.alarms));
  return {
    vocabulary,
    rows,
    clinical,
    recall: exactBinomialInterval(detected, total, 0.95),
    precision: exactBinomialInterval(detected, detected + alarms, 0.95),
    missed,
  };
}

/** The claims: 99 of 100 identifying columns are found, and nine of ten alarms are right. */
export function stateDetection({ vocabulary, recall, precision }: DetectionFigures): readonly Statement[] {
  return [
    { claim: `recall, ${vocabulary} words`, figure: recall, least: 0.99 },
    { claim: `precision, ${vocabulary} words`, figure: precision, least: 0.9 },
  ].map(({ claim, figure, least }) => ({
    claim,
    seen: formatShareInterval(figure),
    allowed: `${least} or more`,
    holds: figure.value >= least,
  }));
}

export function formatShareInterval({ value, lower, upper }: ShareInterval): string {
  return `${value.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
