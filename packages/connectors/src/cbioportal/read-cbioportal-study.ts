import type { SourceExtract } from "@osteon/deidentification";
import { readCohort } from "../reading/read-cohort.ts";
import { createFolderContext, type FolderOptions } from "../text/folder-context.ts";
import { openTextMatrix } from "../text/text-matrix.ts";
import { openTextTable } from "../text/text-table.ts";
import { chooseExpressionProfile } from "./expression-profile.ts";
import { readSequencingStatus } from "./sequenced-samples.ts";
import { readStudyIndex } from "./study-index.ts";

export interface CbioportalOptions extends FolderOptions {
  /** stable_id, file name or datatype of the expression profile; by default the most informative one. */
  readonly expressionProfile?: string | undefined;
}

/**
 * Reads a cBioPortal study folder. File formats: docs.cbioportal.org/file-formats.
 *
 * @throws what {@link readCohort}, the index and the choice of the expression profile throw
 * @example const extract = await readCbioportalStudy("os_target_study", { expressionProfile: "Z-SCORE" });
 */
export async function readCbioportalStudy(directory: string, options: CbioportalOptions = {}): Promise<SourceExtract> {
  const context = createFolderContext(directory, options);
  const index = await readStudyIndex(context);
  // Before any large file is read, so that a wrong wish costs nothing.
  const expression = chooseExpressionProfile(index.expression, options.expressionProfile);
  if (expression !== undefined && index.expression.length > 1) {
    // The profile's own name is source text, and notes are passed on; its datatype is of a closed list.
    const read = `${expression.profile.datatype}, ${expression.contract.unit}`;
    context.notes.push(`Of ${index.expression.length} expression profiles, one of ${read} was read.`);
  }
  const { patients, samples, mutations, copyNumber } = index;
  return readCohort(context, {
    patients: openTextTable(context, patients.dataFile, "clinical-patient"),
    samples: openTextTable(context, samples.dataFile, "clinical-sample"),
    mutations: mutations && openTextTable(context, mutations.dataFile, "mutations"),
    readSequencingStatus: (table) => readSequencingStatus(context, table, index.genePanels),
    copyNumber: copyNumber && openTextMatrix(context, copyNumber.dataFile),
    expression: expression && { ...expression, matrix: openTextMatrix(context, expression.profile.dataFile) },
  });
}
