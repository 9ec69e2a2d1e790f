import {
  classifyHeader,
  clinicalPatientContract,
  clinicalSampleContract,
  normaliseColumnName,
  publishableHeader,
  type ColumnContract,
  type TableName,
} from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SampleTable } from "../../reading/read-clinical.ts";
import type { ReadingContext } from "../../reading/reading-context.ts";
import type { MatrixKeys } from "../mapping/mapping-schema.ts";
import type { Grid } from "./grid.ts";

/** A grid whose rows and columns are understood. */
export interface OrientedGrid {
  readonly grid: Grid;
  readonly orientation: "genes-in-rows" | "samples-in-rows";
  /** Column that names the rows; −1 where they are named apart. */
  readonly label: number;
  /** Columns of values: samples, or genes. */
  readonly values: readonly number[];
  /** How it was found out; undefined where the mapping said it. */
  readonly detected: string | undefined;
  readonly idDigits: number | undefined;
}

/** Headers of a column of genes. */
const geneHeaders = [
  "HUGO_SYMBOL",
  "GENE_SYMBOL",
  "SYMBOL",
  "GENE",
  "GENE_NAME",
  "GENES",
  "GENE_ID",
  "ENSEMBL_ID",
  "ENSEMBL",
];
/** Headers of annotations that genomic matrices carry; dropped by name, never by guess. */
const annotationHeaders = new Set([...geneHeaders, "ENTREZ_GENE_ID", "CYTOBAND", "LOCUS_ID", "COMPOSITE_ELEMENT_REF"]);

const clinicalHeaders = new Set(
  [clinicalPatientContract, clinicalSampleContract].flatMap(({ columns }) =>
    (Object.entries(columns) as [string, ColumnContract][]).flatMap(([name, { aliases }]) =>
      [name, ...aliases].map(normaliseColumnName),
    ),
  ),
);

/**
 * Finds out where genes and samples lie, by where the ids of samples are: in the header, or in the rows.
 *
 * @throws files.orientation where both are plausible, or the mapping states the other; .ids-unmatched, .column-missing,
 *   .id-number, .clinical-as-gene
 */
export async function orientGrid(
  context: ReadingContext,
  table: TableName,
  grid: Grid,
  keys: MatrixKeys,
  samples: SampleTable,
): Promise<OrientedGrid> {
  const { name: file, columns } = grid;
  const label = labelOf(grid, keys);
  const annotations = new Set(keys.annotations.map((name) => positionOf(grid, name)));
  const stated = statedOrientation(grid, keys);
  const inHeader = columns.filter((column, at) => at !== label && samples.samples.has(column)).length;
  const inRows = await countIds(grid, label, samples, keys.id_digits);
  const mayHaveIds = stated === "samples-in-rows" || inHeader === 0;
  // 7 is not 007, so where ids are numbers none may be found.
  if (mayHaveIds && grid.numeric.has(label) && keys.id_digits === undefined) {
    throw osteonError("files.id-number", { file, ordinal: label + 1, column: "SAMPLE_ID" });
  }
  if (inHeader === 0 && inRows === 0) throw osteonError("files.ids-unmatched", { file, samples: samples.file });
  if (inHeader > 0 && inRows > 0 && stated === undefined) {
    throw osteonError("files.orientation", { file, reason: "ids of samples are in the header and in the rows" });
  }
  const orientation = stated ?? (inHeader > 0 ? "genes-in-rows" : "samples-in-rows");
  if (orientation === "genes-in-rows" ? inHeader === 0 : inRows === 0) {
    const place = orientation === "genes-in-rows" ? "in the rows, not in the header" : "in the header, not in the rows";
    throw osteonError("files.orientation", {
      file,
      reason: `${orientation} is stated, but the ids of samples are ${place}`,
    });
  }
  const values = columns.flatMap((column, at) => {
    if (at === label) return [];
    const isKnown = orientation === "genes-in-rows" && samples.samples.has(column);
    const isAnnotation = annotations.has(at) || (!isKnown && annotationHeaders.has(normaliseColumnName(column)));
    if (!isAnnotation) return [at];
    const header = publishableHeader(column, at + 1);
    context.columns.push({ table, column: header, taken: false, reason: "not in the contract" });
    return [];
  });
  if (orientation === "samples-in-rows") refuseClinicalHeaders(grid, values);
  context.columns.push({ table, column: "Hugo_Symbol", taken: true, role: "genomic" });
  const detected = stated === undefined ? sentenceOf(orientation) : undefined;
  return { grid, orientation, label, values, detected, idDigits: keys.id_digits };
}

/** What the mapping says of the orientation, by naming it or by naming the column of genes or of ids. */
function statedOrientation(grid: Grid, { orientation, gene, id }: MatrixKeys): OrientedGrid["orientation"] | undefined {
  if (orientation !== undefined) return orientation;
  if (grid.labelColumn < 0 || (id !== undefined && gene === undefined)) return "samples-in-rows";
  return gene === undefined ? undefined : "genes-in-rows";
}

function sentenceOf(orientation: OrientedGrid["orientation"]): string {
  return orientation === "genes-in-rows"
    ? "genes in rows, since the header has the ids of samples"
    : "samples in rows, since the rows have their ids";
}

/** The column of genes or ids: the one that the mapping names, one that is called so, or where rows are named. */
function labelOf(grid: Grid, { id, gene, orientation }: MatrixKeys): number {
  if (grid.labelColumn < 0) return -1;
  const named = orientation === "samples-in-rows" ? id : orientation === "genes-in-rows" ? gene : (gene ?? id);
  if (named !== undefined) return positionOf(grid, named);
  if (orientation === "samples-in-rows") return grid.labelColumn;
  const headers = grid.columns.map(normaliseColumnName);
  for (const header of geneHeaders) {
    const at = headers.indexOf(header);
    if (at >= 0) return at;
  }
  return grid.labelColumn;
}

function positionOf({ name: file, headerLine: line, columns }: Grid, column: string): number {
  const at = columns.indexOf(column.trim());
  if (at < 0) throw osteonError("files.column-missing", { file, line, absent: `'${column}'`, verb: "is" });
  return at;
}

/** How many of the first rows are called by the id of a sample. */
async function countIds(
  grid: Grid,
  label: number,
  samples: SampleTable,
  idDigits: number | undefined,
): Promise<number> {
  const rowsLookedAt = 100;
  let rows = 0;
  let found = 0;
  for await (const { labels } of grid.blocks({ label, wanted: [] })) {
    found += labels.filter((text) => samples.samples.has(sampleIdOf(text, idDigits))).length;
    rows += labels.length;
    if (rows >= rowsLookedAt) break;
  }
  return found;
}

/** An id as the other tables have it. */
export function sampleIdOf(text: string, idDigits: number | undefined): string {
  return idDigits !== undefined && /^\d+$/.test(text) ? text.padStart(idDigits, "0") : text;
}

/** As HGNC writes symbols. Dozens of them are also words of a register: PID1, CAP2, GP6, BSN, NHS, LAT. */
const geneSymbol = /^[A-Z][A-Z0-9]*(?:[-.][A-Z0-9]+)*$/;
/** Of that shape, and no gene. */
const noGenes = new Set(
  (
    "MRN SSN DOB DOD ZIP ZIPCODE POSTCODE NAME FIRSTNAME LASTNAME SURNAME INITIALS EMAIL E-MAIL PHONE TELEPHONE MOBILE " +
    "FAX ADDRESS STREET CITY TOWN COUNTY STATE COUNTRY URL IP IBAN ACCOUNT INSURANCE POLICY PASSPORT LICENCE LICENSE"
  ).split(" "),
);

/** Where every column is a gene, a column of something else would become one. */
function refuseClinicalHeaders({ name: file, headerLine: line, columns }: Grid, values: readonly number[]): void {
  const at = values.find((column) => {
    const header = columns[column]!;
    const name = normaliseColumnName(header);
    return clinicalHeaders.has(name) || announcesIdentifier(header);
  });
  if (at !== undefined) throw osteonError("files.clinical-as-gene", { file, line, ordinal: at + 1 });
}

function announcesIdentifier(header: string): boolean {
  const text = header.trim();
  return geneSymbol.test(text) ? noGenes.has(text) : classifyHeader(text) !== undefined;
}
