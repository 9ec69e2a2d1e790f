import {
  COPY_NUMBER_UNKNOWN,
  type Cohort,
  type CopyNumberTable,
  type ExpressionTable,
  type MutationTable,
} from "@osteon/cohort";
import { copyNumberContract, tpmContract, type SourceExtract } from "@osteon/deidentification";
import { chooseExpressionProfile } from "./expression-profile.ts";
import { createReadingContext, type ReadingContext, type ReadingProgress } from "./files/reading-context.ts";
import { readMatrix } from "./matrix/read-matrix.ts";
import { readPatients, readSamples, type SampleTable } from "./read-clinical.ts";
import { readMutations } from "./read-mutations.ts";
import { selectSamples } from "./select-samples.ts";
import { readSequencingStatus } from "./sequenced-samples.ts";
import { readStudyIndex, type StudyIndex } from "./study-index.ts";

export interface CbioportalOptions {
  /** stable_id, file name or datatype of the expression profile; by default the most informative one. */
  readonly expressionProfile?: string | undefined;
  /** Columns treated as absent although the contract has them. */
  readonly fieldsToRemove?: readonly string[] | undefined;
  /** Longest line read; 64 MiB by default. */
  readonly lineLimitBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

/** What the readers of the modalities share. */
interface StudyReading {
  readonly context: ReadingContext;
  readonly index: StudyIndex;
  readonly patients: number;
  readonly samples: SampleTable;
  /** Patient row of every chosen sample. */
  readonly chosen: ReadonlyMap<string, number>;
}

/**
 * Reads a cBioPortal study folder: every patient of the clinical file, with what was measured on one tumour
 * sample each; what was not measured is missing, never 0. Survival in whole days, age in years, expression
 * in log2(TPM+1) or z-scores.
 *
 * File formats: docs.cbioportal.org/file-formats.
 *
 * @throws connectors.* and deidentification.* naming file, line and column, never a value
 * @example const extract = await readCbioportalStudy("os_target_study", { expressionProfile: "Z-SCORE" });
 */
export async function readCbioportalStudy(directory: string, options: CbioportalOptions = {}): Promise<SourceExtract> {
  const context = createReadingContext(directory, options);
  const index = await readStudyIndex(context);
  // Before any large file is read, so that a wrong wish costs nothing.
  const expressionProfile = chooseExpressionProfile(index.expression, options.expressionProfile);
  const patients = await readPatients(context, index.patients.dataFile);
  const samples = await readSamples(context, index.samples.dataFile, patients);
  const chosen = selectSamples(context, samples);
  const reading: StudyReading = { context, index, patients: patients.ids.length, samples, chosen };
  const cohort: Cohort = {
    patientIds: patients.ids,
    clinical: patients.clinical,
    mutations: await readMutationTable(reading),
    copyNumber: await readCopyNumberTable(reading),
    expression: await readExpressionTable(reading, expressionProfile),
    simulated: false,
  };
  noteFieldsNotFound(context);
  const { columns, findings, files, refusals, notes } = context;
  return { cohort, columns, findings, files, refusals, notes };
}

/** A mistyped name removes nothing, which whoever wrote it has to know. */
function noteFieldsNotFound({ fieldsToRemove, removedFields, notes }: ReadingContext): void {
  const absent = fieldsToRemove.filter((field) => !removedFields.has(field));
  if (absent.length > 0) notes.push(`No table has these columns of fields_to_remove: ${absent.join(", ")}.`);
}

async function readMutationTable({ context, index, patients, samples, chosen }: StudyReading): Promise<MutationTable> {
  if (index.mutations === undefined) {
    context.notes.push("The study has no mutations.");
    return { genes: [], values: new Int8Array(0) };
  }
  const isSequenced = await readSequencingStatus(context, samples, index.genePanels);
  return readMutations(context, index.mutations.dataFile, { patients, samples, chosen, isSequenced });
}

async function readCopyNumberTable({
  context,
  index,
  patients,
  samples,
  chosen,
}: StudyReading): Promise<CopyNumberTable> {
  if (index.copyNumber === undefined) {
    context.notes.push("The study has no discrete copy number.");
    return { genes: [], values: new Int8Array(0) };
  }
  return readMatrix(context, index.copyNumber.dataFile, {
    contract: copyNumberContract,
    patients,
    samples,
    chosen,
    allocate: (length) => new Int8Array(length).fill(COPY_NUMBER_UNKNOWN),
    convert: Math.floor,
  });
}

async function readExpressionTable(
  { context, index, patients, samples, chosen }: StudyReading,
  choice: ReturnType<typeof chooseExpressionProfile>,
): Promise<ExpressionTable> {
  if (choice === undefined) {
    context.notes.push("The study has no expression.");
    return { genes: [], unit: "log2(TPM+1)", values: new Float32Array(0) };
  }
  const { profile, contract, unit } = choice;
  if (index.expression.length > 1) {
    // The profile's own name is source text, and notes are passed on; its datatype is of a closed list.
    const read = `${profile.datatype}, ${contract.unit}`;
    context.notes.push(`Of ${index.expression.length} expression profiles, one of ${read} was read.`);
  }
  const isLinear = contract === tpmContract;
  if (isLinear) context.notes.push("Expression in TPM was turned into log2(TPM+1).");
  const matrix = await readMatrix(context, profile.dataFile, {
    contract,
    patients,
    samples,
    chosen,
    allocate: (length) => new Float32Array(length).fill(Number.NaN),
    convert: isLinear ? (value) => Math.log2(value + 1) : (value) => value,
  });
  return { ...matrix, unit };
}
