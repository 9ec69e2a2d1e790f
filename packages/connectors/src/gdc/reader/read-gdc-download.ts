import { cpmContract, tpmContract, type SourceExtract } from "@osteon/deidentification";
import { readCohort } from "../../reading/read-cohort.ts";
import type { ReadingContext } from "../../reading/reading-context.ts";
import { createFolderContext, type FolderOptions } from "../../text/folder-context.ts";
import { readClinicalSupplement, type ClinicalSupplement } from "./clinical-supplement.ts";
import { openCopyNumberFiles } from "./copy-number-files.ts";
import { openCountFiles, readGeneTypes, type GdcExpression } from "./count-files.ts";
import { openMutationFiles, sequencedByFiles } from "./mutation-files.ts";
import { filesOfKind, openDownload } from "./open-download.ts";
import { patientTable } from "./patient-table.ts";
import { readCases, type CaseOnLine } from "./read-cases.ts";
import { sampleTable } from "./sample-table.ts";

export interface GdcOptions extends FolderOptions {
  /** `tpm` (the default) in log2(TPM+1), or `counts` in log2(CPM+1). */
  readonly expression?: GdcExpression | undefined;
  /** Types of genes, as GENCODE names them, whose expression and copy number are read; by default those of proteins. */
  readonly geneTypes?: readonly string[] | undefined;
  /** Paths of tables with what the GDC lacks. */
  readonly clinicalSupplements?: readonly string[] | undefined;
}

/**
 * Reads a project of the Genomic Data Commons as `downloadGdcProject` left it.
 *
 * @throws what {@link openDownload}, {@link readClinicalSupplement}, {@link readCases} and {@link readCohort} throw
 * @example const extract = await readGdcDownload("target-os", { clinicalSupplements: ["discovery.csv"] });
 */
export async function readGdcDownload(directory: string, options: GdcOptions = {}): Promise<SourceExtract> {
  const { expression = "tpm", geneTypes = ["protein_coding"], clinicalSupplements = [] } = options;
  const context = createFolderContext(directory, options);
  const manifest = await openDownload(directory);
  const supplement = await readClinicalSupplement(context, clinicalSupplements);
  const cases = await readCases(context);
  noteSupplement(context, cases, supplement);
  const mutations = filesOfKind(manifest, "mutations");
  const counts = filesOfKind(manifest, "expression");
  const copyNumber = filesOfKind(manifest, "copy-number");
  const measured = new Set(manifest.files.flatMap(({ aliquots }) => aliquots.map(({ sample }) => sample)));
  const readTypes = async () => {
    const [first] = counts;
    if (first === undefined) return undefined;
    return { types: await readGeneTypes(context, first.path), wanted: geneTypes };
  };
  return readCohort(context, {
    patients: patientTable(cases, supplement),
    samples: sampleTable(context, cases, measured),
    mutations: mutations.length === 0 ? undefined : openMutationFiles(context, mutations),
    readSequencingStatus: () => Promise.resolve(sequencedByFiles(mutations)),
    copyNumber: copyNumber.length === 0 ? undefined : openCopyNumberFiles(context, copyNumber, readTypes),
    expression:
      counts.length === 0
        ? undefined
        : {
            matrix: openCountFiles(context, counts, expression, geneTypes),
            contract: expression === "tpm" ? tpmContract : cpmContract,
            unit: expression === "tpm" ? "log2(TPM+1)" : "log2(CPM+1)",
          },
  });
}

function noteSupplement(
  { notes }: ReadingContext,
  cases: readonly CaseOnLine[],
  { patients }: ClinicalSupplement,
): void {
  if (patients.size === 0) {
    notes.push(
      "The GDC seldom states metastasis at diagnosis; data.clinical_supplement adds it from the program's own table.",
    );
    return;
  }
  const told = cases.filter(({ found }) => patients.has(found.submitter_id)).length;
  const others = patients.size - told;
  const leftOut = others === 0 ? "" : `, and of ${others} who are not in the project and were left out`;
  notes.push(`The clinical supplement tells of ${told} of ${cases.length} patients${leftOut}.`);
}
