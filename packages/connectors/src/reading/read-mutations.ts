import { UNKNOWN, type MutationTable } from "@osteon/cohort";
import { mutationContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SampleTable } from "./read-clinical.ts";
import { readTable } from "./read-table.ts";
import { refuseRows, type ReadingContext } from "./reading-context.ts";
import { refuseSampleAsGene } from "./sample-as-gene.ts";
import type { SequencingStatus } from "./sequencing-status.ts";
import type { SourceTable } from "./source-table.ts";

export interface MutationReading {
  readonly patients: number;
  readonly samples: SampleTable;
  /** Patient row of every chosen sample. */
  readonly chosen: ReadonlyMap<string, number>;
  readonly isSequenced: SequencingStatus;
}

/**
 * A mutation annotation file, to gene by patient: 1 with at least one somatic call that changes the protein,
 * 0 sequenced without one, −1 not sequenced. Genes are those with a call, by name: in the file's order they
 * would tell which patient came first. Of a row nothing else is kept.
 *
 * @throws connectors.sample-unknown, .gene-missing, and what {@link readTable} throws
 */
export async function readMutations(
  context: ReadingContext,
  source: SourceTable,
  reading: MutationReading,
): Promise<MutationTable> {
  const { samples, chosen, isSequenced } = reading;
  const mutated = new Map<string, Set<number>>();
  const refused = { silent: 0, germline: 0, entrezOnly: 0, damaged: 0, unsequenced: 0, otherSample: 0 };
  const withCalls = new Set<number>();
  await readTable(
    context,
    source,
    mutationContract,
    (row) => {
      const sample = row.identifier("Tumor_Sample_Barcode");
      if (!samples.samples.has(sample)) {
        const { file, ordinal, column } = row.place("Tumor_Sample_Barcode");
        const place = `column ${ordinal} (${column})`;
        throw osteonError("connectors.sample-unknown", { file, line: row.line, place, samples: samples.file });
      }
      const name = row.gene("Hugo_Symbol");
      if (name !== undefined) refuseSampleAsGene(name, samples, row.place("Hugo_Symbol"));
      const changesProtein = row.code("Variant_Classification") === 1;
      // A missing status is a somatic call: most files hold nothing else and leave the column empty.
      const isSomatic = row.code("Mutation_Status") !== 0;
      const patient = chosen.get(sample);
      const gene = name === undefined ? undefined : context.geneNames.resolve(name);
      if (name === undefined) {
        // Intergenic rows are annotated "Unknown" with Entrez id 0; other rows have to name their gene.
        if (Number.isNaN(row.number("Entrez_Gene_Id")) && changesProtein) {
          throw osteonError("connectors.gene-missing", row.place("Hugo_Symbol"));
        }
        refused.entrezOnly++;
      } else if (gene === undefined) refused.damaged++;
      else if (!changesProtein) refused.silent++;
      else if (!isSomatic) refused.germline++;
      else if (patient === undefined) refused.otherSample++;
      else if (isSequenced(sample) === false) refused.unsequenced++;
      else {
        withCalls.add(patient);
        const patients = mutated.get(gene) ?? new Set<number>();
        mutated.set(gene, patients.add(patient));
      }
    },
    { mayBeEmpty: true },
  );
  refuseRows(context, "mutations", "calls that do not change the protein", refused.silent);
  refuseRows(context, "mutations", "calls that are not somatic", refused.germline);
  refuseRows(context, "mutations", "calls without a gene symbol", refused.entrezOnly);
  refuseRows(context, "mutations", "calls whose gene a spreadsheet program made a day", refused.damaged);
  refuseRows(context, "mutations", "calls in samples that were not chosen", refused.otherSample);
  refuseRows(context, "mutations", "calls in samples stated as not sequenced in every gene", refused.unsequenced);

  const genes = [...mutated.keys()].sort();
  const values = new Int8Array(reading.patients * genes.length).fill(UNKNOWN);
  let inferred = 0;
  for (const [sample, patient] of chosen) {
    const stated = isSequenced(sample);
    if (stated === undefined && withCalls.has(patient)) inferred++;
    // Where the study says nothing, a call proves sequencing and its absence proves nothing.
    if (stated ?? withCalls.has(patient)) values.fill(0, patient * genes.length, (patient + 1) * genes.length);
  }
  genes.forEach((gene, column) => {
    for (const patient of mutated.get(gene)!) values[patient * genes.length + column] = 1;
  });
  if (inferred > 0) {
    context.notes.push(
      `${inferred} samples count as sequenced only because they have a call: the study states it neither in EXOME_SEQUENCED nor in a case list, and samples without calls stay unknown.`,
    );
  }
  return { genes, values };
}
