import { UNKNOWN, type MutationTable } from "@osteon/cohort";
import { mutationMatrixContract } from "@osteon/deidentification";
import type { MatrixSource } from "./matrix/matrix-source.ts";
import type { MutationReading } from "./read-mutations.ts";
import { refuseRows, type ReadingContext } from "./reading-context.ts";

/**
 * A matrix of 0 and 1 as a table of calls would give it: genes with a mutation, by name. A sample with a gap was not
 * looked at in every gene, as one that a targeted panel was used for, and is unknown in all.
 *
 * @throws what reading the matrix throws
 */
export async function readMutationMatrix(
  context: ReadingContext,
  matrix: MatrixSource,
  reading: MutationReading,
): Promise<MutationTable> {
  const { patients, chosen, isSequenced } = reading;
  const { genes, values } = await matrix.read(context, {
    ...reading,
    contract: mutationMatrixContract,
    allocate: (length) => new Int8Array(length).fill(UNKNOWN),
    convert: (value) => value,
  });
  const width = genes.length;
  let gaps = 0;
  let unsequenced = 0;
  for (const [sample, patient] of chosen) {
    const row = values.subarray(patient * width, (patient + 1) * width);
    if (row.every((value) => value === UNKNOWN)) continue;
    const isWhole = row.every((value) => value !== UNKNOWN);
    if (isWhole && isSequenced(sample) !== false) continue;
    if (isWhole) unsequenced++;
    else gaps++;
    row.fill(UNKNOWN);
  }
  refuseRows(context, "mutations", "samples with gaps in the matrix, all of whose genes are unknown", gaps);
  refuseRows(context, "mutations", "samples stated as not sequenced in every gene", unsequenced);
  const kept = [...genes.keys()]
    .filter((gene) => Array.from({ length: patients }, (_, row) => values[row * width + gene]).includes(1))
    .sort((a, b) => (genes[a]! < genes[b]! ? -1 : 1));
  refuseRows(context, "mutations", "genes without a mutation", width - kept.length);
  const result = new Int8Array(patients * kept.length);
  for (let row = 0; row < patients; row++) {
    kept.forEach((gene, place) => (result[row * kept.length + place] = values[row * width + gene]!));
  }
  return { genes: kept.map((gene) => genes[gene]!), values: result };
}
