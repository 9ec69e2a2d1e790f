import { sampleKind } from "@osteon/deidentification";
import type { Sample, SampleTable } from "./read-clinical.ts";
import { refuseRows, type ReadingContext } from "./reading-context.ts";

/** TCGA and TARGET barcodes carry the sample type: 10 to 19 are normal tissue. */
const normalBarcode = /^(?:TCGA|TARGET)-[A-Z0-9]+-[A-Z0-9]+-1\d/;

/**
 * Chooses one tumour sample a patient, and the same for mutations, copy number and expression, so that a
 * patient's modalities describe one tumour: a primary tumour before a recurrence, that before a metastasis,
 * that before a sample of unstated kind, and among equals the first by id. Normal tissue is never chosen.
 *
 * @returns patient row of every chosen sample
 */
export function selectSamples(context: ReadingContext, table: SampleTable): ReadonlyMap<string, number> {
  const chosen = new Map<number, Sample>();
  let normal = 0;
  let tumour = 0;
  for (const sample of table.samples.values()) {
    if (isNormal(sample)) {
      normal++;
      continue;
    }
    tumour++;
    const rival = chosen.get(sample.patient);
    if (rival === undefined || isPreferred(sample, rival)) chosen.set(sample.patient, sample);
  }
  refuseRows(context, "clinical-sample", "samples of normal tissue", normal);
  refuseRows(context, "clinical-sample", "further tumour samples of a patient", tumour - chosen.size);
  return new Map([...chosen.values()].map((sample) => [sample.id, sample.patient]));
}

function isNormal(sample: Sample): boolean {
  return sample.kind === sampleKind.normal || (sample.kind < 0 && normalBarcode.test(sample.id));
}

function isPreferred(sample: Sample, rival: Sample): boolean {
  const rank = preference(sample) - preference(rival);
  return rank < 0 || (rank === 0 && sample.id < rival.id);
}

function preference(sample: Sample): number {
  return sample.kind < 0 ? sampleKind.otherTumour : sample.kind;
}
