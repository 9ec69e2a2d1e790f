import { OsteonError, osteonError } from "@osteon/errors";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Tensor,
  type TensorData,
  type TensorFile,
} from "@osteon/safetensors";
import { assertCohortShape } from "./assert-shape.ts";
import type { Cohort, ExpressionUnit } from "./cohort.ts";

const format = "osteon-cohort";
const version = "1";
const units: readonly ExpressionUnit[] = ["log2(TPM+1)", "log2(CPM+1)", "z-score"];

/** Stores a cohort as one safetensors file. Equal cohorts give equal bytes on every machine. */
export function encodeCohort(cohort: Cohort): Uint8Array {
  const { clinical, mutations, copyNumber, expression } = cohort;
  const patients = cohort.patientIds.length;
  const column = (data: TensorData): Tensor => ({ shape: [patients], data });
  return encodeSafetensors({
    tensors: {
      "clinical.survival_time_days": column(withOneNaN(clinical.survivalTimeDays)),
      "clinical.event": column(clinical.event),
      "clinical.age_years": column(withOneNaN(clinical.ageYears)),
      "clinical.metastasis": column(clinical.metastasis),
      "clinical.male": column(clinical.male),
      "clinical.necrosis_percent": column(withOneNaN(clinical.necrosisPercent)),
      mutations: { shape: [patients, mutations.genes.length], data: mutations.values },
      copy_number: { shape: [patients, copyNumber.genes.length], data: copyNumber.values },
      expression: { shape: [patients, expression.genes.length], data: withOneNaN(expression.values) },
      ...(cohort.batch && { batch: column(cohort.batch) }),
    },
    metadata: {
      format,
      version,
      simulated: String(cohort.simulated),
      expression_unit: expression.unit,
      patient_ids: JSON.stringify(cohort.patientIds),
      mutation_genes: JSON.stringify(mutations.genes),
      copy_number_genes: JSON.stringify(copyNumber.genes),
      expression_genes: JSON.stringify(expression.genes),
    },
  });
}

/**
 * Reads what {@link encodeCohort} wrote.
 *
 * @param file name for the error message
 * @throws `cohort.encoding` with the reason
 */
export function decodeCohort(bytes: Uint8Array, file: string): Cohort {
  const stored = readContainer(bytes, file);
  const text = (name: string): string => {
    const value: unknown = stored.metadata[name];
    if (typeof value !== "string") throw refusal(file, `its header does not tell ${name}`);
    return value;
  };
  if (text("format") !== format) throw refusal(file, "its format is another one");
  if (text("version") !== version) throw refusal(file, "its version is one that this program does not know");
  const simulated = text("simulated");
  if (simulated !== "true" && simulated !== "false") throw refusal(file, "it does not tell whether it is simulated");
  const unit = units.find((known) => known === text("expression_unit"));
  if (unit === undefined) throw refusal(file, "its expression has an unknown unit");
  const cohort: Cohort = {
    patientIds: parseNames(text("patient_ids"), "patient_ids", file),
    clinical: {
      survivalTimeDays: take(stored, "clinical.survival_time_days", Float64Array, file),
      event: take(stored, "clinical.event", Int8Array, file),
      ageYears: take(stored, "clinical.age_years", Float64Array, file),
      metastasis: take(stored, "clinical.metastasis", Int8Array, file),
      male: take(stored, "clinical.male", Int8Array, file),
      necrosisPercent: take(stored, "clinical.necrosis_percent", Float64Array, file),
    },
    mutations: {
      genes: parseNames(text("mutation_genes"), "mutation_genes", file),
      values: take(stored, "mutations", Int8Array, file),
    },
    copyNumber: {
      genes: parseNames(text("copy_number_genes"), "copy_number_genes", file),
      values: take(stored, "copy_number", Int8Array, file),
    },
    expression: {
      genes: parseNames(text("expression_genes"), "expression_genes", file),
      unit,
      values: take(stored, "expression", Float32Array, file),
    },
    ...(Object.hasOwn(stored.tensors, "batch") && { batch: take(stored, "batch", Int16Array, file) }),
    simulated: simulated === "true",
  };
  try {
    assertCohortShape(cohort);
  } catch (error) {
    throw refusal(file, "its tables do not agree with each other", error);
  }
  return cohort;
}

/** SHA-256 of {@link encodeCohort}'s bytes, 64 hexadecimal digits. */
export async function digestCohort(cohort: Cohort): Promise<string> {
  const bytes = Uint8Array.from(encodeCohort(cohort));
  const digest = await globalThis.crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A copy in which every NaN has the same bits, as a value computed may carry any of millions. */
function withOneNaN<T extends Float64Array | Float32Array>(values: T): T {
  const copy = values.slice() as T;
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i]!)) copy[i] = NaN;
  return copy;
}

function readContainer(bytes: Uint8Array, file: string): TensorFile {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    const reason = error instanceof OsteonError ? error.parameters["reason"] : undefined;
    throw refusal(file, String(reason ?? "it is not a tensor file"), error);
  }
}

function take<T extends TensorData>(
  stored: TensorFile,
  name: string,
  type: abstract new (...values: never[]) => T,
  file: string,
): T {
  const data = Object.hasOwn(stored.tensors, name) ? stored.tensors[name]!.data : undefined;
  if (!(data instanceof type)) throw refusal(file, `its table ${name} is missing or of another type`);
  return data;
}

function parseNames(json: string, name: string, file: string): string[] {
  let names: unknown;
  try {
    names = JSON.parse(json);
  } catch (error) {
    throw refusal(file, `its ${name} are not a list`, error);
  }
  if (!Array.isArray(names) || !names.every((value) => typeof value === "string")) {
    throw refusal(file, `its ${name} are not a list of names`);
  }
  return names;
}

function refusal(file: string, reason: string, cause?: unknown) {
  return osteonError("cohort.encoding", { file, reason }, cause === undefined ? undefined : { cause });
}
