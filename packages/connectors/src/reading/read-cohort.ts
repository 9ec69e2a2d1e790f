import {
  COPY_NUMBER_UNKNOWN,
  type Cohort,
  type CopyNumberTable,
  type ExpressionTable,
  type ExpressionUnit,
  type MutationTable,
} from "@osteon/cohort";
import {
  codeBatches,
  copyNumberContract,
  cpmContract,
  tpmContract,
  type MatrixContract,
  type SourceExtract,
} from "@osteon/deidentification";
import type { MatrixSource } from "./matrix/matrix-source.ts";
import { readPatients, readSamples, samplesOfPatients, type SampleTable } from "./read-clinical.ts";
import { readMutationMatrix } from "./read-mutation-matrix.ts";
import { readMutations } from "./read-mutations.ts";
import type { ReadingContext } from "./reading-context.ts";
import { selectSamples } from "./select-samples.ts";
import type { SequencingStatus } from "./sequencing-status.ts";
import type { SourceTable } from "./source-table.ts";

/** Expression of a source and the unit it is in. */
export interface ExpressionSource {
  readonly matrix: MatrixSource;
  /** Unit in the source. */
  readonly contract: MatrixContract;
  /** Unit in the cohort. */
  readonly unit: ExpressionUnit;
}

/** The tables of a source; undefined is a modality that it does not have. */
export interface CohortTables {
  readonly patients: SourceTable;
  /** Undefined: every patient is their own one sample, and the other tables go by patient id. */
  readonly samples: SourceTable | undefined;
  readonly mutations: SourceTable | undefined;
  /** In place of `mutations`, for a source that has 0 and 1 for each gene and sample. */
  readonly mutationMatrix?: MatrixSource | undefined;
  /** What the source says of sequencing, asked once the samples are known. */
  readonly readSequencingStatus: (samples: SampleTable) => Promise<SequencingStatus>;
  readonly copyNumber: MatrixSource | undefined;
  /** Or a way to find out about it, for which samples have to be known. */
  readonly expression: ExpressionSource | ((samples: SampleTable) => Promise<ExpressionSource>) | undefined;
}

/** What the readers of the modalities share. */
interface CohortReading {
  readonly context: ReadingContext;
  readonly tables: CohortTables;
  readonly patients: number;
  readonly samples: SampleTable;
  /** Patient row of every chosen sample. */
  readonly chosen: ReadonlyMap<string, number>;
}

/**
 * Reads a cohort from the tables of a source, the same way for every source: every patient of the clinical
 * table, with what was measured on one tumour sample each; what was not measured is missing, never 0.
 * Survival in whole days, age in years, expression in log2(TPM+1), log2(CPM+1) or z-scores.
 *
 * @throws connectors.* and deidentification.* naming table, row and column, never a value
 */
export async function readCohort(context: ReadingContext, tables: CohortTables): Promise<SourceExtract> {
  const patients = await readPatients(context, tables.patients);
  const samples =
    tables.samples === undefined ? samplesOfPatients(patients) : await readSamples(context, tables.samples, patients);
  const chosen = selectSamples(context, samples);
  const reading: CohortReading = { context, tables, patients: patients.ids.length, samples, chosen };
  const cohort: Cohort = {
    patientIds: patients.ids,
    clinical: patients.clinical,
    mutations: await readMutationTable(reading),
    copyNumber: await readCopyNumberTable(reading),
    expression: await readExpressionTable(reading),
    ...codeSampleBatches(reading),
    simulated: false,
  };
  noteFieldsNotFound(context);
  context.notes.push(...context.geneNames.describe());
  const { columns, findings, files, refusals, notes } = context;
  return { cohort, columns, findings, files, refusals, notes, ...patients.dates };
}

/** The batches of the chosen samples, as codes. */
function codeSampleBatches({ context, patients, samples, chosen }: CohortReading): { readonly batch?: Int16Array } {
  const labels = Array.from<string | undefined>({ length: patients });
  for (const [sample, patient] of chosen) labels[patient] = samples.samples.get(sample)?.batch;
  const coded = codeBatches(labels);
  if (coded === undefined) return {};
  if (coded.tooSmall > 0) {
    context.notes.push(
      `${coded.tooSmall} patients are of batches too small to be told apart; theirs count as unknown.`,
    );
  }
  return { batch: coded.codes };
}

/** A mistyped name removes nothing, which whoever wrote it has to know. */
function noteFieldsNotFound({ fieldsToRemove, removedFields, notes }: ReadingContext): void {
  const absent = fieldsToRemove.filter((field) => !removedFields.has(field));
  if (absent.length > 0) notes.push(`No table has these columns of fields_to_remove: ${absent.join(", ")}.`);
}

async function readMutationTable({ context, tables, ...reading }: CohortReading): Promise<MutationTable> {
  const { mutationMatrix } = tables;
  if (mutationMatrix !== undefined) {
    const isSequenced = await tables.readSequencingStatus(reading.samples);
    return readMutationMatrix(context, mutationMatrix, { ...reading, isSequenced });
  }
  if (tables.mutations === undefined) {
    context.notes.push("The source has no mutations.");
    return { genes: [], values: new Int8Array(0) };
  }
  const isSequenced = await tables.readSequencingStatus(reading.samples);
  return readMutations(context, tables.mutations, { ...reading, isSequenced });
}

async function readCopyNumberTable({ context, tables, ...reading }: CohortReading): Promise<CopyNumberTable> {
  if (tables.copyNumber === undefined) {
    context.notes.push("The source has no discrete copy number.");
    return { genes: [], values: new Int8Array(0) };
  }
  return tables.copyNumber.read(context, {
    ...reading,
    contract: copyNumberContract,
    allocate: (length) => new Int8Array(length).fill(COPY_NUMBER_UNKNOWN),
    convert: Math.floor,
  });
}

async function readExpressionTable({ context, tables, ...reading }: CohortReading): Promise<ExpressionTable> {
  if (tables.expression === undefined) {
    context.notes.push("The source has no expression.");
    return { genes: [], unit: "log2(TPM+1)", values: new Float32Array(0) };
  }
  const { matrix, contract, unit } =
    typeof tables.expression === "function" ? await tables.expression(reading.samples) : tables.expression;
  const isLinear = contract === tpmContract || contract === cpmContract;
  if (isLinear) context.notes.push(`Expression in ${contract.unit} was turned into ${unit}.`);
  const read = await matrix.read(context, {
    ...reading,
    contract,
    allocate: (length) => new Float32Array(length).fill(Number.NaN),
    convert: isLinear ? (value) => Math.log2(value + 1) : (value) => value,
  });
  return { ...read, unit };
}
