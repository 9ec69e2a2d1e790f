import { isMissingCode, type TableName } from "@osteon/deidentification";
import { refuseRows, type ReadingContext } from "../../reading/reading-context.ts";
import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import type { GdcCase } from "../download/case-schema.ts";
import { casesFile } from "../download/download-manifest.ts";
import type { CaseOnLine } from "./read-cases.ts";

type GdcSample = NonNullable<GdcCase["samples"]>[number];

const table: TableName = "clinical-sample";

/** The GDC's sample types that the contract has no word for, in its words. */
const sampleTypes: ReadonlyMap<string, string> = new Map([
  ["additional metastatic", "metastasis"],
  ["additional - new primary", "tumor"],
  ["human tumor original cells", "tumor"],
  ["post neo-adjuvant therapy", "tumor"],
  ["cell lines", "cell line"],
  ["xenograft tissue", "xenograft"],
  ["primary xenograft tissue", "xenograft"],
  ["cell line derived xenograft tissue", "xenograft"],
  ["next generation cancer model", "cell line"],
  ["expanded next generation cancer model", "cell line"],
  ["bone marrow normal", "normal"],
  ["buccal cell normal", "normal"],
  ["ebv immortalized normal", "normal"],
  ["fibroblasts from bone marrow normal", "normal"],
  ["mononuclear cells from bone marrow normal", "normal"],
  ["lymphoid normal", "normal"],
]);

/** Tumour descriptors in the contract's words; every other tumour is one of no stated kind. */
const descriptors: ReadonlyMap<string, string> = new Map([
  ["primary", "primary"],
  ["recurrence", "recurrence"],
  ["metastatic", "metastasis"],
]);

/**
 * The samples on which something was measured, by the files of the download. A patient of whom nothing was measured
 * has their own id for a sample, so that the clinical course is read all the same.
 *
 * @param measured ids of the samples that files are of
 */
export function sampleTable(
  context: ReadingContext,
  cases: readonly CaseOnLine[],
  measured: ReadonlySet<string>,
): SourceTable {
  return { name: casesFile, rows: rowsOf(context, cases, measured) };
}

async function* rowsOf(
  context: ReadingContext,
  cases: readonly CaseOnLine[],
  measured: ReadonlySet<string>,
): AsyncGenerator<SourceRow> {
  yield { line: 1, cells: ["PATIENT_ID", "SAMPLE_ID", "SAMPLE_TYPE"] };
  let notMeasured = 0;
  let lonely = 0;
  for (const { found, line } of cases) {
    const samples = (found.samples ?? []).filter(({ submitter_id }) => measured.has(submitter_id));
    notMeasured += (found.samples ?? []).length - samples.length;
    for (const sample of samples) yield { line, cells: [found.submitter_id, sample.submitter_id, typeOf(sample)] };
    if (samples.length > 0) continue;
    lonely++;
    yield { line, cells: [found.submitter_id, found.submitter_id, ""] };
  }
  refuseRows(context, table, "samples that no file of the download is of", notMeasured);
  if (lonely > 0) context.notes.push(`${lonely} patients have no sample that was measured; their course was read.`);
}

/** By `sample_type`, which the GDC has given up, or by tissue type and tumour descriptor, which took its place. */
function typeOf({ sample_type, tissue_type, tumor_descriptor }: GdcSample): string {
  const type = sample_type ?? "";
  if (!isMissingCode(type)) return sampleTypes.get(type.toLowerCase()) ?? type;
  const tissue = tissue_type?.toLowerCase() ?? "";
  if (tissue === "normal" || tissue === "peritumoral") return "normal";
  if (tissue === "tumor" || tissue === "abnormal")
    return descriptors.get(tumor_descriptor?.toLowerCase() ?? "") ?? "tumor";
  return tissue_type ?? "";
}
